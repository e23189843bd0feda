#!/bin/sh
# Starts a single-node Slurm in a root that has only the loopback network, and returns when the node is
# idle. The daemons end with the process namespace in which they were started.
set -eu

ip link set lo up
# Slurm looks up no name where every address is of 127.0.0.0/8. This one leads nowhere else either.
ip address add 192.0.2.1/32 dev lo
echo '127.0.0.1 localhost' >/etc/hosts
mkdir -p /run/munge /var/lib/munge /var/log/munge /slurm/state /slurm/spool /etc/slurm
chown munge: /run/munge /var/lib/munge /var/log/munge
chmod 755 /run/munge
cat >/etc/slurm/slurm.conf <<'CONF'
ClusterName=finding
SlurmctldHost=localhost
SlurmUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
StateSaveLocation=/slurm/state
SlurmdSpoolDir=/slurm/spool
SlurmctldLogFile=/slurm/ctld.log
SlurmdLogFile=/slurm/d.log
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
MinJobAge=300
NodeName=localhost CPUs=2
PartitionName=all Nodes=ALL Default=YES
CONF
# There are no control groups in the root, and nothing here needs them; 22.05 cannot turn them off.
case $(slurmd -V) in
*" 22."*) echo 'CgroupPlugin=cgroup/v1' ;;
*) echo 'CgroupPlugin=disabled' ;;
esac >/etc/slurm/cgroup.conf
setpriv --reuid munge --regid munge --clear-groups /usr/sbin/munged
slurmctld
slurmd -N localhost
tries=60
until [ "$(sinfo --noheader --format %t 2>/dev/null)" = idle ]; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
        tail -5 /slurm/ctld.log /slurm/d.log >&2
        exit 1
    fi
    sleep 1
done
