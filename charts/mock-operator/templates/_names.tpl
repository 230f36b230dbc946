{{- define "mock-operator.name" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride }}{{ else if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "mock-operator.serviceAccountName" -}}
{{- default (ternary (include "mock-operator.name" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name }}
{{- end }}

{{/* The reference of an image: (list ROOT IMAGE NAME). No image is published, and a name that anybody may register must not be run. */}}
{{- define "mock-operator.image" -}}
{{- $root := index . 0 }}
{{- $image := index . 1 }}
{{- if not (or $image.repository $root.Values.registry) }}
{{- fail "\n\nregistry is not set. No image of MockOperator is published: put yours into a registry that the cluster reaches (make push REGISTRY=registry.example.com/team), and name it: --set registry=registry.example.com/team, with image.tag and runtime.image.tag, or digest, as they were pushed. Or set image.repository and runtime.image.repository.\n" }}
{{- end }}
{{- $name := $image.repository | default (printf "%s/%s" $root.Values.registry (index . 2)) }}
{{- if $image.digest }}{{ $name }}@{{ $image.digest }}{{ else }}{{ $name }}:{{ $image.tag | default $root.Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Fails with what was asked for where the cluster has no such kind: (list ROOT GROUP-AND-VERSION ASKED). */}}
{{- define "mock-operator.needs" -}}
{{- $root := index . 0 }}
{{- if not ($root.Capabilities.APIVersions.Has (index . 1)) }}
{{- fail (printf "\n\n%s needs %s, which this cluster does not have. Install it first, or leave %s out. Under helm template say what the cluster has: --api-versions %s\n" (index . 2) (index . 1) (index . 2) (index . 1)) }}
{{- end }}
{{- end }}

{{- define "mock-operator.runtimeImage" -}}
{{- include "mock-operator.image" (list . .Values.runtime.image "mock-runtime") }}
{{- end }}

{{- define "mock-operator.selector" -}}
app.kubernetes.io/name: mock-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "mock-operator.labels" -}}
{{ include "mock-operator.selector" . }}
app.kubernetes.io/component: operator
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "mock-operator.consoleSelector" -}}
app.kubernetes.io/name: mock-console
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "mock-operator.consoleLabels" -}}
{{ include "mock-operator.consoleSelector" . }}
app.kubernetes.io/component: console
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* Ingress classes belong to the cluster: which controller renders an Ingress can be read only there. */}}
{{- define "mock-operator.clusterRules" -}}
- apiGroups: [networking.k8s.io]
  resources: [ingressclasses]
  verbs: [list, watch]
{{- end }}

{{/* What the operator may do where it watches: the same as config/rbac/cluster_role.yaml. */}}
{{- define "mock-operator.rules" -}}
- apiGroups: [mockoperator.dev]
  resources: [mockservers, collections, mockquotas]
  verbs: [get, list, watch]
- apiGroups: [mockoperator.dev]
  resources: [mockservers/status, collections/status]
  verbs: [patch]
- apiGroups: [mockoperator.dev]
  resources: [mockquotas/status]
  verbs: [update, patch]
- apiGroups: [mockoperator.dev]
  resources: [mockquotas]
  verbs: [create, patch, delete]
- apiGroups: [mockoperator.dev]
  resources: [mockservers/finalizers]
  verbs: [update]
- apiGroups: [""]
  resources: [serviceaccounts, services]
  verbs: [get, list, watch, create, patch]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch]
- apiGroups: [apps]
  resources: [replicasets]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, patch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
- apiGroups: [""]
  resources: [secrets]
  verbs: [create]
- apiGroups: [networking.k8s.io]
  resources: [ingresses]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [gateway.networking.k8s.io]
  resources: [httproutes]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [gateway.networking.k8s.io]
  resources: [gateways]
  verbs: [list, watch]
- apiGroups: [traefik.io]
  resources: [middlewares]
  verbs: [get, list, watch, create, patch, delete]
{{- end }}
