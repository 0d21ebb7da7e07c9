#!/bin/sh
# Pushes the packaged charts of the working directory to a registry.
#
# The chart of services (service-<version>.tgz) has a version of its own, so a release
# often has one that was published before: that one is left alone, but must be the
# same, since services compare their copies by its version. This is found out before
# anything is pushed.
#
# Needs REGISTRY (<account>.dkr.ecr.<region>.amazonaws.com/<prefix>), AWS_REGION, the
# commands aws and helm, and a login to the registry.
set -eu

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

published=
for chart in ./service-*.tgz; do
  version=${chart#./service-}
  version=${version%.tgz}
  if aws ecr describe-images --region "$AWS_REGION" \
    --repository-name "${REGISTRY#*/}/charts/service" \
    --image-ids "imageTag=$version" >"$scratch/found" 2>"$scratch/errors"; then
    mkdir "$scratch/before" "$scratch/now"
    helm pull "oci://$REGISTRY/charts/service" --version "$version" \
      --untar --untardir "$scratch/before"
    tar -xzf "$chart" -C "$scratch/now"
    if ! diff -r "$scratch/before" "$scratch/now" >&2; then
      echo "The chart of services differs from its version $version that was published before. Raise the version in templates/create-service/skeleton/chart/Chart.yaml" >&2
      exit 1
    fi
    echo "The chart of services has been published as $version already"
    published=$chart
  elif ! grep -q ImageNotFoundException "$scratch/errors"; then
    cat "$scratch/errors" >&2
    exit 1
  fi
done

for chart in ./*.tgz; do
  if [ "$chart" != "$published" ]; then
    helm push "$chart" "oci://$REGISTRY/charts"
  fi
done
