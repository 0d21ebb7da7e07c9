#!/bin/sh
# Builds the image of the version in the file VERSION, pushes it to ECR once, and
# prints its digest. A version that was pushed before is left alone: its tag can't be
# moved. Needs docker with buildx, and the aws command with credentials.
set -eu

repository=$(cat ci/ecr-repository)
version=$(cat VERSION)
case $version in
'' | *[!A-Za-z0-9_.-]*)
  echo "The file VERSION must contain a version, such as 1.0.0" >&2
  exit 1
  ;;
esac

# Also says early whether the repository can be reached.
image=$(aws ecr describe-repositories --repository-names "$repository" \
  --query 'repositories[0].repositoryUri' --output text)

errors=$(mktemp)
trap 'rm -f "$errors" metadata.json' EXIT
if digest=$(aws ecr describe-images --repository-name "$repository" \
  --image-ids "imageTag=$version" \
  --query 'imageDetails[0].imageDigest' --output text 2>"$errors"); then
  echo "$image:$version was pushed already"
elif grep -q ImageNotFoundException "$errors"; then
  aws ecr get-login-password |
    docker login --username AWS --password-stdin "${image%%/*}"
  # Only this driver writes a bill of materials and provenance.
  docker buildx create --name release --driver docker-container --use
  docker buildx build . \
    --platform linux/amd64 \
    --tag "$image:$version" \
    --label "org.opencontainers.image.version=$version" \
    --label "org.opencontainers.image.revision=$REVISION" \
    --label "org.opencontainers.image.source=$SOURCE" \
    --sbom=true \
    --provenance=mode=max \
    --metadata-file metadata.json \
    --push
  digest=$(sed -n 's/.*"containerimage.digest": *"\(sha256:[0-9a-f]*\)".*/\1/p' metadata.json)
else
  cat "$errors" >&2
  exit 1
fi

echo "$image:$version@$digest"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  echo "\`$image:$version@$digest\`" >>"$GITHUB_STEP_SUMMARY"
fi
