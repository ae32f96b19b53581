#!/usr/bin/env bash
# Waits until a Job has ended: 0 if it is complete, 1 if it has failed.
#
#   deploy/kubernetes/wait.sh JOB [flags of kubectl, such as --namespace sim]
#
# "kubectl wait" waits for one condition: for "complete" it would wait for ever if the Job fails.
set -euo pipefail

if [ $# -eq 0 ]; then
  echo 'usage: deploy/kubernetes/wait.sh JOB [flags of kubectl]' >&2
  exit 2
fi
job=$1
shift
while true; do
  # Any error of kubectl ends the wait: a Job that does not exist never ends.
  conditions=$(kubectl get job "$job" "$@" \
    --output 'jsonpath={range .status.conditions[?(@.status=="True")]}{.type}{" "}{.reason}{": "}{.message}{"\n"}{end}')
  while IFS= read -r condition; do
    case $condition in
      Complete\ *) exit 0 ;;
      Failed\ *)
        echo "Job \"$job\" has failed. ${condition#Failed }" >&2
        echo "Its pods tell why: kubectl logs --selector job-name=$job --prefix --tail 20" >&2
        exit 1
        ;;
    esac
  done <<<"$conditions"
  sleep "${WAIT_SECONDS:-5}"
done
