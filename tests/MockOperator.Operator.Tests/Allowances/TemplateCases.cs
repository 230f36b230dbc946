namespace MockOperator.Operator.Tests.Allowances;

/// <summary>Pod templates, and what of them is refused by default. The operator and the shipped policy judge the same ones.</summary>
internal static class TemplateCases
{
    /// <summary>Templates that whoever may create MockServers may write.</summary>
    public static TheoryData<string> Safe =>
    [
        "{}",
        """{"metadata":{"labels":{"team":"pets","app.kubernetes.io/part-of":"shop"},"annotations":{"prometheus.io/scrape":"true","note":"x"}}}""",
        """{"metadata":{"labels":null}}""",
        """{"spec":{"nodeSelector":{"disk":"ssd"},"affinity":{"nodeAffinity":{}},"tolerations":[{"operator":"Exists"}],"topologySpreadConstraints":null,"priorityClassName":"low"}}""",
        """{"spec":{"containers":[{"name":"runtime","resources":{"limits":{"cpu":"1"},"requests":null}}]}}""",
        """{"spec":{"containers":[{"name":"runtime","env":[{"name":"TZ","value":"UTC"},{"name":"A","valueFrom":{"configMapKeyRef":{"name":"m","key":"k"}}}]}]}}""",
        """{"spec":{"containers":[{"name":"runtime","envFrom":[{"prefix":"P_","configMapRef":{"name":"m"}}]}]}}""",
        """{"spec":{"containers":[{"name":"runtime","livenessProbe":null,"readinessProbe":{"httpGet":{"path":"/readyz","port":"admin","scheme":"HTTP","httpHeaders":[]},"periodSeconds":1}}]}}""",
        """{"spec":{"containers":[{"name":"runtime","startupProbe":{"tcpSocket":{"port":9090},"grpc":{"port":1,"service":"s"},"failureThreshold":3}}]}}""",
    ];

    /// <summary>Templates that are refused, and the place of the refusal.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { """{"spec":{"hostNetwork":true}}""", "spec.podTemplate.spec.hostNetwork" },
        { """{"spec":{"hostPID":true}}""", "spec.podTemplate.spec.hostPID" },
        { """{"spec":{"hostAliases":[]}}""", "spec.podTemplate.spec.hostAliases" },
        { """{"spec":{"nodeName":"control-plane"}}""", "spec.podTemplate.spec.nodeName" },
        { """{"spec":{"serviceAccountName":"admin"}}""", "spec.podTemplate.spec.serviceAccountName" },
        { """{"spec":{"automountServiceAccountToken":true}}""", "spec.podTemplate.spec.automountServiceAccountToken" },
        { """{"spec":{"imagePullSecrets":[{"name":"x"}]}}""", "spec.podTemplate.spec.imagePullSecrets" },
        { """{"spec":{"runtimeClassName":"unconfined"}}""", "spec.podTemplate.spec.runtimeClassName" },
        { """{"spec":{"securityContext":{"runAsUser":0}}}""", "spec.podTemplate.spec.securityContext" },
        { """{"spec":{"securityContext":null}}""", "spec.podTemplate.spec.securityContext" },
        { """{"spec":{"volumes":[{"name":"v","hostPath":{"path":"/"}}]}}""", "spec.podTemplate.spec.volumes" },
        { """{"spec":{"initContainers":[{"name":"i","image":"i"}]}}""", "spec.podTemplate.spec.initContainers" },
        { """{"spec":{"ephemeralContainers":[]}}""", "spec.podTemplate.spec.ephemeralContainers" },
        { """{"spec":{"priorityClassName":"system-node-critical"}}""", "spec.podTemplate.spec.priorityClassName" },
        { """{"spec":{"HostNetwork":true}}""", "spec.podTemplate.spec.HostNetwork" },
        { """{"spec":{"containers":[{"name":"sidecar"}]}}""", "spec.podTemplate.spec.containers[0].name" },
        { """{"spec":{"containers":[{"name":"runtime"},{"image":"x"}]}}""", "spec.podTemplate.spec.containers[1]" },
        { """{"spec":{"containers":[{"name":"runtime","image":"x"}]}}""", "spec.podTemplate.spec.containers[0].image" },
        { """{"spec":{"containers":[{"name":"runtime","command":["sh"]}]}}""", "spec.podTemplate.spec.containers[0].command" },
        { """{"spec":{"containers":[{"name":"runtime","securityContext":{"privileged":true}}]}}""", "spec.podTemplate.spec.containers[0].securityContext" },
        { """{"spec":{"containers":[{"name":"runtime","volumeMounts":[]}]}}""", "spec.podTemplate.spec.containers[0].volumeMounts" },
        { """{"spec":{"containers":[{"name":"runtime","ports":[{"containerPort":80,"hostPort":80}]}]}}""", "spec.podTemplate.spec.containers[0].ports" },
        { """{"spec":{"containers":[{"name":"runtime","lifecycle":{}}]}}""", "spec.podTemplate.spec.containers[0].lifecycle" },
        { """{"spec":{"containers":[{"name":"runtime","resources":{"claims":[]}}]}}""", "spec.podTemplate.spec.containers[0].resources.claims" },
        { """{"spec":{"containers":[{"name":"runtime","env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]}]}}""", "spec.podTemplate.spec.containers[0].env[0].valueFrom.secretKeyRef" },
        { """{"spec":{"containers":[{"name":"runtime","envFrom":[{"secretRef":{"name":"s"}}]}]}}""", "spec.podTemplate.spec.containers[0].envFrom[0].secretRef" },
        { """{"spec":{"containers":[{"name":"runtime","livenessProbe":{"httpGet":{"host":"169.254.169.254"}}}]}}""", "spec.podTemplate.spec.containers[0].livenessProbe.httpGet.host" },
        { """{"spec":{"containers":[{"name":"runtime","livenessProbe":{"tcpSocket":{"host":"10.0.0.1"}}}]}}""", "spec.podTemplate.spec.containers[0].livenessProbe.tcpSocket.host" },
        { """{"spec":{"containers":[{"name":"runtime","startupProbe":{"exec":{"command":["x"]}}}]}}""", "spec.podTemplate.spec.containers[0].startupProbe.exec" },
        { """{"metadata":{"annotations":{"sidecar.istio.io/proxyImage":"evil"}}}""", "spec.podTemplate.metadata.annotations[sidecar.istio.io/proxyImage]" },
        { """{"metadata":{"annotations":{"io.kubernetes.cri-o.Devices":"/dev/sda","iam.amazonaws.com/role":"admin"}}}""", "spec.podTemplate.metadata.annotations[iam.amazonaws.com/role]" },
        { """{"metadata":{"annotations":{"container.apparmor.security.beta.kubernetes.io/runtime":"unconfined"}}}""", "spec.podTemplate.metadata.annotations[container.apparmor.security.beta.kubernetes.io/runtime]" },
        { """{"metadata":{"labels":{"aadpodidbinding":"admin"}}}""", "spec.podTemplate.metadata.labels[aadpodidbinding]" },
        { """{"metadata":{"labels":{"mockoperator.dev/mock-server":"other"}}}""", "spec.podTemplate.metadata.labels[mockoperator.dev/mock-server]" },
        { """{"metadata":{"finalizers":["x/y"]}}""", "spec.podTemplate.metadata.finalizers" },
        { """{"status":{}}""", "spec.podTemplate.status" },
    };
}
