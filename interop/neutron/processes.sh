# Starting, awaiting and stopping. Sourced by run.

started=() # process groups, the latest first

# launch COMMAND…: in the background, in a process group of its own, which dies with this shell even if that is killed.
launch() {
  setsid setpriv --pdeathsig TERM "$@" </dev/null &
  started=("$!" "${started[@]}")
}

# start NAME COMMAND…: launches with the output in log/NAME.out.
start() {
  local name=$1
  shift
  launch "$@" >>"$dir/log/$name.out" 2>&1
}

# ended_well NAME PID: waits for the end of what was started.
ended_well() { wait "$2" || { show_log "$1"; die "$1 failed"; }; }

# answering NAME PID COMMAND…: waits until the command succeeds; a minute and a half at most.
answering() {
  local name=$1 pid=$2 attempt
  shift 2
  for ((attempt = 0; attempt < 360; attempt++)); do
    ! "$@" >/dev/null 2>&1 || return 0
    running "$pid" || { show_log "$name"; die "$name ended"; }
    sleep 0.25
  done
  show_log "$name"
  die "$name did not answer"
}

# By this shell's own table of jobs: a process id that ended may belong to somebody else by now.
running() { jobs -rp | grep -qx "$1"; }

show_log() { tail -n 20 "$dir/log/$1".* >&2 || true; }

stop_all() {
  local group attempt
  for group in "${started[@]}"; do
    running "$group" || continue
    kill -TERM -- "-$group" 2>/dev/null || true
    for ((attempt = 0; attempt < 80; attempt++)); do
      running "$group" || break
      sleep 0.25
    done
    # Workers that outlived their leader, or a leader that did not end.
    kill -KILL -- "-$group" 2>/dev/null || true
  done
}
