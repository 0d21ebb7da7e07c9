#!/bin/sh
# Prints "user:password" for ECR, by the pod's role. Image Updater allows ten
# seconds; the token is valid for twelve hours and for all accounts of the region.
set -e
password=$(aws ecr get-login-password --region {{ .region }})
echo "AWS:$password"
