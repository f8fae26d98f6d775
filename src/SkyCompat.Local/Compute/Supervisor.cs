namespace SkyCompat.Local;

/// <summary>The program that a process instance consists of: it runs the user data and stays until it is told to stop, as a machine would.</summary>
internal static class Supervisor
{
    /// <summary>Arguments: the machine's folder, seconds of grace, KiB of memory for each process, processors, bytes of the console that are kept.</summary>
    public const string Script =
        """
        #!/bin/sh
        machine=$1 grace=$2 memory=$3 processors=$4 console=$5
        echo ready
        exec </dev/null >>"$machine/console.log" 2>&1
        echo "[skycompat] start $SKYCOMPAT_BOOT of $SKYCOMPAT_INSTANCE"
        ulimit -d "$memory" 2>/dev/null || echo "[skycompat] this system cannot limit memory"
        command -v taskset >/dev/null && taskset -cp "$processors" $$ >/dev/null 2>&1 || echo "[skycompat] this system cannot limit processors"

        # Whether the group has a member beside this shell. Reads /proc without starting a program, which would be a member itself.
        others() {
          for stat in /proc/[0-9]*/stat; do
            read -r line 2>/dev/null <"$stat" || continue
            pid=${line%% *}
            set -- ${line##*) }
            [ "$3" = "$$" ] && [ "$pid" != "$$" ] && [ "$1" != Z ] && return 0
          done
          return 1
        }

        stop() {
          trap '' TERM
          echo "[skycompat] stop"
          kill -s TERM -- "-$$"
          left=$((grace * 10))
          while others && [ "$left" -gt 0 ]; do
            left=$((left - 1))
            sleep 0.1 &
            wait $!
          done
          others && { echo "[skycompat] still alive after $grace s: killed"; kill -s KILL -- "-$$"; }
          exit 0
        }
        # Drops the older half of a console that is too long. Whoever writes to it appends, and so goes on after what is left.
        bound() {
          while sleep 2; do
            [ "$(wc -c <"$machine/console.log")" -gt "$console" ] || continue
            tail -c "$((console / 2))" "$machine/console.log" >"$machine/console.old"
            : >"$machine/console.log"
            { echo "[skycompat] older output was dropped"; cat "$machine/console.old"; } >>"$machine/console.log"
            rm -f "$machine/console.old"
          done
        }
        trap '' HUP INT
        bound &
        trap stop TERM

        if [ -f "$machine/user-data" ]; then
          "$machine/user-data" &
          user=$!
          wait "$user"
          echo "[skycompat] user data ended with $?"
        fi
        while :; do
          sleep 86400 &
          wait $!
        done

        """;
}
