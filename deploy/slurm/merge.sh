#!/usr/bin/env bash
# Merges the shards that array.sh copied to OUT from the nodes' own disks into one world.
#
#   sbatch --dependency=afterok:JOB --kill-on-invalid-dep=yes deploy/slurm/merge.sh OUT
#
# It reads every file and compares it with what its task wrote. You can submit it again at any time.
#SBATCH --job-name=sim-merge
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=1:00:00
#SBATCH --output=%x-%j.log
set -euo pipefail

if [ $# -ne 1 ]; then
  echo 'usage: sbatch --dependency=afterok:JOB deploy/slurm/merge.sh OUT' >&2
  exit 2
fi
srun --ntasks=1 node "${SIM_HOME:-$SLURM_SUBMIT_DIR}/src/sim.mjs" merge --out "$1"
