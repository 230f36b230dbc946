# Every command of the project. `make help` lists them. What each does is in hack/, one script for each.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help build test demo demo-down serve cli bench fuzz soak order images push install format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## a cluster, the operator, a sample collection, and a request answered by a pod (CLUSTER=current: in your cluster)
	@hack/demo up

demo-down: ## removes what `make demo` made
	@hack/demo down

serve: ## a sample collection on http://localhost:8080, with no cluster (COLLECTION=file.json PORT=8080)
	@hack/serve

cli: ## kubectl-mock as a native binary in build/
	@hack/cli

test: ## builds, checks the form, runs every suite, the one on a real cluster included (SUITES="Mocking Cluster")
	@hack/test

bench: ## the benchmarks, as ratios within one run
	@hack/bench

fuzz: ## inputs that nobody would write, for a while; findings are kept (MINUTES=10 TARGETS="matcher yaml" SEED=1)
	@hack/fuzz

soak: ## many reloads and calls of the native runtime; prints the slopes of memory, handles and threads (MINUTES=60 RATE=300 RELOADS=10000)
	@hack/soak

order: ## counts which methods of the runtime and of kubectl-mock run, so that the compiler puts them side by side
	@hack/order

images: ## the images as archives, with no registry (PROGRAMS="mock-runtime mock-operator mock-console")
	@hack/images

push: ## the images into your registry (REGISTRY=registry.example.com/team TAG=0.1.0)
	@hack/push

install: ## builds, pushes, and installs the operator into the current cluster (REGISTRY=registry.example.com/team)
	@hack/install

build: ## the solution, warnings as errors
	@dotnet build MockOperator.sln -c Release -warnaserror -nologo

format: ## puts the sources into form
	@dotnet format MockOperator.sln

clean: ## removes what was built here (not the caches in ~/.cache/mock-operator)
	@rm -rf artifacts build src/*/{bin,obj} tests/*/{bin,obj} benchmarks/*/{bin,obj}
