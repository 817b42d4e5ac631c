/** Programs that a sandbox must survive. Data only; `sandbox-hostile.contract.ts` runs them against every provider. */
export interface HostileProgram {
  readonly name: string;
  /** What it tries. */
  readonly reason: string;
  readonly command: string;
  /** Leaves so much that the host is busy with it for a moment: not to be measured beside others. */
  readonly alone?: boolean;
  /** Found in the working directory, by name. */
  readonly files?: Readonly<Record<string, () => string>>;
}

const numbers = (from: number): string => Array.from({ length: 36_000 }, (_, i) => `${from + i}\n`).join('');
const longLine = (): string => `${'x '.repeat(3_000_000)}\n`;

const tenMegabytes =
  'head -c 1000 /dev/zero > /dev/null; x=xxxxxxxxxx; for i in 1 2 3 4 5; do x=$x$x$x$x$x$x$x$x$x$x; done; ';

export const HOSTILE_SHELL: readonly HostileProgram[] = [
  // processes
  { name: 'fork bomb', reason: 'processes without end', command: ':(){ :|:& };:' },
  { name: 'fork bomb, named', reason: 'the same under another name', command: 'bomb() { bomb | bomb & }; bomb; wait' },
  { name: 'recursion', reason: 'call stack without end', command: 'f() { f; }; f' },
  { name: 'recursion through bash -c', reason: 'nested shells', command: 'export c=\'bash -c "$c"\'; bash -c "$c"' },
  {
    name: 'recursion through source',
    reason: 'a script that sources itself',
    command: 'echo ". /tmp/s" > /tmp/s; . /tmp/s',
  },
  { name: 'recursion through eval', reason: 'eval of itself', command: 'c=\'eval "$c"\'; eval "$c"' },
  { name: 'recursion through $( )', reason: 'nested substitutions', command: 'f() { echo $(f); }; f' },
  {
    name: 'recursion through xargs',
    reason: 'xargs that runs xargs',
    command: 'echo "echo a | xargs sh /tmp/x" > /tmp/x; sh /tmp/x',
  },
  {
    name: 'background survivor',
    reason: 'a loop that outlives its command',
    command: '(while true; do echo x >> /tmp/alive; done) & echo started',
  },
  {
    name: 'background sleep',
    reason: 'a sleeper that outlives its command',
    command: 'sleep 100000 & disown; echo started',
  },
  {
    name: 'nohup setsid',
    reason: 'leaving the process group',
    command: 'nohup setsid sleep 1000 > /dev/null 2>&1 & echo started',
  },
  // loops
  { name: 'while true', reason: 'a loop that does nothing', command: 'while true; do :; done' },
  { name: 'for without end', reason: 'a loop that prints', command: 'for ((;;)); do echo x; done' },
  { name: 'until false', reason: 'a loop of subshells', command: 'until false; do (exit 1); done' },
  { name: 'arithmetic loop', reason: 'a loop in arithmetic', command: 'i=0; while ((i >= 0)); do ((i++)); done' },
  { name: 'sleep', reason: 'waits past every deadline', command: 'sleep 100000' },
  { name: 'many sleeps', reason: 'waits past every deadline in small steps', command: 'while true; do sleep 1; done' },
  { name: 'read without input', reason: 'waits for a terminal', command: 'read x; cat; echo done' },
  { name: 'awk loop', reason: "awk's own loop", command: "awk 'BEGIN { while (1) i++ }'" },
  { name: 'sed loop', reason: "sed's own loop", command: "echo a | sed ':a; s/a/aa/; ta'" },
  { name: 'jq loop', reason: "jq's own recursion", command: "jq -n 'def f: f; f'" },
  { name: 'jq range', reason: 'a billion results', command: "jq -n '[range(1000000000)] | length'" },
  { name: 'seq without end', reason: 'a billion numbers', command: 'seq 1 1000000000 | tail -1' },
  { name: 'timeout nest', reason: 'timeout around a loop', command: 'timeout 100 bash -c "while true; do :; done"' },
  // memory
  { name: 'string doubling', reason: 'memory by concatenation', command: 'x=x; while true; do x=$x$x; done' },
  {
    name: 'array of strings',
    reason: 'memory by many large strings',
    command: `${tenMegabytes}for i in {1..200}; do a[i]=$x$i; done; echo \${#a[@]}`,
  },
  { name: 'brace bomb', reason: 'expansion to 10^9 words', command: 'echo {1..1000}{1..1000}{1..1000}' },
  { name: 'brace range', reason: 'a range of 10^10', command: 'for i in {1..10000000000}; do :; done' },
  { name: 'printf padding', reason: 'a width of 2^31', command: 'printf "%2147483647d" 1 | wc -c' },
  {
    name: 'pattern bomb',
    reason: 'substitution that multiplies',
    command: `x=aaaaaaaaaaaaaaaa; while true; do x=\${x//a/aaaa}; done`,
  },
  {
    name: 'yaml aliases',
    reason: 'a billion laughs',
    command:
      'printf "a: &a [x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\\n" | yq -o json . | wc -c',
  },
  {
    name: 'gzip bomb',
    alone: true,
    reason: 'compressing and inflating large data again and again',
    command: `${tenMegabytes}echo $x > /tmp/x; for i in 1 2 3 4 5 6 7 8 9; do cat /tmp/x /tmp/x > /tmp/y; gzip -c /tmp/y > /tmp/z; gunzip -c /tmp/z > /tmp/x; done; ls -l /tmp`,
  },
  {
    name: 'tar bomb',
    reason: 'an archive that holds itself',
    command: 'cd /tmp; echo a > f; for i in 1 2 3 4 5 6 7 8; do tar cf b.tar .; mv b.tar c$i; done; ls -l',
  },
  // disk
  {
    name: 'disk fill',
    alone: true,
    reason: 'a file without end',
    command: `${tenMegabytes}while true; do echo $x >> /tmp/fill; done`,
  },
  {
    name: 'inode fill',
    alone: true,
    reason: 'files without end',
    command: 'i=0; while true; do touch /tmp/f$i /tmp/g$i /tmp/h$i; i=$((i+1)); done',
  },
  {
    name: 'brace touch',
    alone: true,
    reason: 'very many files at once',
    command: 'for i in {1..50}; do touch /tmp/$i-{1..5000}; done; ls /tmp | wc -l',
  },
  {
    name: 'deep folders',
    alone: true,
    reason: 'a path without end',
    command: 'd=/tmp; while true; do d=$d/d; mkdir $d || break; done; ls -R /tmp | tail -1',
  },
  { name: 'long name', reason: 'a name of a megabyte', command: `${tenMegabytes}touch /tmp/$x; ls /tmp | wc -c` },
  {
    name: 'cp of itself',
    alone: true,
    reason: 'a folder into itself',
    command: 'mkdir /tmp/a; cp -r /tmp/a /tmp/a/b; cp -r / /tmp/all; ls /tmp',
  },
  // output
  { name: 'output flood', reason: 'stdout without end', command: `${tenMegabytes}while true; do echo $x; done` },
  { name: 'stderr flood', reason: 'stderr without end', command: `${tenMegabytes}while true; do echo $x >&2; done` },
  { name: 'yes', reason: 'the classic flood', command: 'yes | head -c 100000000 | wc -c' },
  {
    name: 'control characters',
    reason: 'bytes that are not text',
    command: "printf '\\xff\\xfe\\x00\\x1b[2J\\x1b]0;title\\x07\\xed\\xa0\\x80'",
  },
  {
    name: 'history and completion',
    reason: 'state of the shell',
    command: 'history; compgen -A function; set | head -c 3000',
  },
  // slow programs
  {
    name: 'ten megabytes through sed',
    reason: 'one line of 10 MB, many matches',
    command: `${tenMegabytes}y=; for i in {1..90}; do y="$y$x "; done; echo "$y" | sed 's/x/b/g' | wc -c`,
  },
  {
    name: 'ten megabytes through awk',
    reason: 'one line of 10 MB, many fields',
    command: `${tenMegabytes}y=; for i in {1..90}; do y="$y$x "; done; echo "$y" | awk '{ gsub(/x/, "y z"); print NF }'`,
  },
  {
    name: 'ten megabytes through tools',
    reason: 'one line of 10 MB through a pipe of tools',
    command: `${tenMegabytes}y=; for i in {1..90}; do y="$y$x "; done; echo "$y" | tr x y | rev | fold -w 3 | sort | uniq -c | wc -l`,
  },
  {
    name: 'diff of long files',
    reason: 'quadratic diff of two files of 36,000 lines',
    command: 'diff a.txt b.txt | wc -l',
    files: { 'a.txt': () => numbers(0), 'b.txt': () => numbers(36_000) },
  },
  {
    name: 'a line of 6 MB through sed',
    reason: 'one line of 6 MB, many matches',
    command: "sed 's/x/bb/g' line.txt | wc -c",
    files: { 'line.txt': longLine },
  },
  {
    name: 'a line of 6 MB through awk',
    reason: 'one line of 6 MB, many fields',
    command: `awk '{ gsub(/x/, "y z"); print NF }' line.txt`,
    files: { 'line.txt': longLine },
  },
  {
    name: 'a line of 6 MB through tools',
    reason: 'one line of 6 MB through a pipe of tools',
    command: 'cat line.txt | tr x y | rev | fold -w 3 | sort | uniq -c | wc -l; grep -o x line.txt | wc -l',
    files: { 'line.txt': longLine },
  },
  {
    name: 'a line of 6 MB in the shell',
    reason: 'one line of 6 MB as a variable',
    command: `y=$(cat line.txt); echo "\${#y}"; set -- $y; echo $#; for w in $y; do :; done; a=($y); echo "\${y//x/zz}" | wc -c`,
    files: { 'line.txt': longLine },
  },
  {
    name: 'regular expression in grep',
    reason: 'exponential backtracking',
    command: 'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | grep -E "^(a+)+$"',
  },
  {
    name: 'regular expression in [[',
    reason: 'exponential backtracking',
    command: '[[ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! =~ ^(a+)+$ ]]; echo $?',
  },
  {
    name: 'regular expression in sed',
    reason: 'exponential backtracking',
    command: "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | sed -E 's/^(a|a)*$/x/'",
  },
  {
    name: 'regular expression in awk',
    reason: 'exponential backtracking',
    command: "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | awk '/^(a|aa)+$/'",
  },
  {
    name: 'regular expression in jq',
    reason: 'exponential backtracking',
    command: 'jq -n \'"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" | test("^(a+)+$")\'',
  },
  {
    name: 'extended globs',
    reason: 'exponential matching of patterns',
    command: `shopt -s extglob; x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!; [[ $x == +(+(+(a))) ]]; echo \${x//+(*(a))b/}`,
  },
  {
    name: 'glob bomb',
    reason: 'a pattern over everything',
    command: 'shopt -s globstar; echo /**/**/**/**/** | wc -c',
  },
  {
    name: 'find of everything',
    reason: 'a command for every file',
    command: 'find / -exec find / -exec cat {} \\; \\; | wc -c',
  },
  {
    name: 'sqlite',
    reason: 'a recursive query without end',
    command: 'sqlite3 :memory: "with recursive c(x) as (select 1 union all select x+1 from c) select count(*) from c"',
  },
  {
    name: 'deep nesting',
    reason: 'a parser stack without end',
    command: `eval "$(printf '(%.0s' {1..5000}) echo x $(printf ')%.0s' {1..5000})"`,
  },
  {
    name: 'deep arithmetic',
    reason: 'a parser stack without end',
    command: 'echo $(( $(printf "(%.0s" {1..5000}) 1 $(printf ")%.0s" {1..5000}) ))',
  },
  { name: 'deep JSON', reason: 'a parser stack without end', command: "printf '[%.0s' {1..9000} | jq ." },
  // the shell's death
  { name: 'exit', reason: 'leaves the shell', command: 'exit 42; echo not reached' },
  { name: 'kill of itself', reason: 'kills the shell', command: 'kill -9 $$; kill -9 -1; echo alive' },
  { name: 'exec', reason: 'replaces the shell', command: 'exec cat /etc/hostname' },
  {
    name: 'exec of streams',
    reason: 'closes what the host listens on',
    command: 'exec > /dev/null 2>&1 0<&-; echo hidden; exec 1>&-',
  },
  {
    name: 'set options',
    reason: 'options that break later commands',
    command: 'set -euo pipefail; shopt -s failglob nullglob; IFS=; PATH=; unset HOME PWD; readonly PATH; false',
  },
  {
    name: 'redefined builtins',
    reason: 'functions in place of commands',
    command:
      'cd() { :; }; echo() { :; }; exit() { :; }; export -f cd echo exit 2>/dev/null; alias ls=rm; enable -n echo',
  },
  { name: 'bad syntax', reason: 'text that no shell can read', command: 'if then fi ( { [[ "' },
  {
    name: 'null bytes',
    reason: 'a command with bytes that end strings',
    command: 'echo a\u0000b; cat "/etc\u0000/passwd"',
  },
  // the host's files and environment
  {
    name: 'links to the host',
    reason: 'symbolic links out of the sandbox',
    command:
      'ln -s / /tmp/root; ln -s /etc/passwd /tmp/p; ln -s ../../../../../../etc/shadow /tmp/s; ln -s CANARY_PATH /tmp/c; cat /tmp/p /tmp/s /tmp/c /tmp/root/etc/passwd',
  },
  {
    name: 'loops of links',
    reason: 'links that lead to themselves',
    command:
      'ln -s /tmp/b /tmp/a; ln -s /tmp/a /tmp/b; cat /tmp/a; ln -s . /tmp/self; ls -R /tmp/self/self/self; find -L /tmp | head -50',
  },
  {
    name: 'traversal',
    reason: 'paths that climb',
    command: 'cat ../../../../../../../../etc/passwd CANARY_PATH ../../../../../..CANARY_PATH; ls -la /..',
  },
  {
    name: '/proc',
    reason: "the host's processes",
    command:
      'cat /proc/1/environ /proc/self/environ /proc/self/cmdline /proc/self/maps /proc/mounts; ls /proc /sys /proc/self/fd; cat /proc/self/root/etc/passwd /proc/1/root/etc/shadow',
  },
  {
    name: 'environment',
    reason: "the host's environment",
    command:
      "env; printenv; set; export -p; declare -p; awk 'BEGIN { for (k in ENVIRON) print k, ENVIRON[k] }'; jq -n env",
  },
  {
    name: 'devices',
    reason: "the host's devices",
    command:
      'cat /dev/sda /dev/mem /dev/kmsg; ls -la /dev; head -c 10 /dev/zero; head -c 10 /dev/random; echo x > /dev/tty; mknod /tmp/m b 8 0',
  },
  {
    name: 'privilege',
    reason: 'becoming root',
    command:
      'sudo id; su -c id; chmod 4755 /bin/bash; chown root /tmp; unshare -Urm id; mount -t proc p /mnt; chroot / id',
  },
  {
    name: 'special commands',
    reason: 'programs that run other programs',
    command:
      "awk 'BEGIN { system(\"id\"); \"id\" | getline x; print x }'; sed '1e id' /etc/hostname; find / -maxdepth 0 -exec id \\;; xargs -I{} id < /dev/null; js-exec 'console.log(process.env)'; node -e 'console.log(1)'",
  },
  // names
  {
    name: 'prototype names',
    reason: 'names that are keys of every JavaScript object',
    command: `cd /tmp; for n in __proto__ constructor prototype toString hasOwnProperty __defineGetter__; do mkdir $n; echo $n > $n/$n; export $n=$n; declare -A m; m[$n]=$n; echo \${m[$n]} $(cat $n/$n); done; ls; echo '{"__proto__":{"x":1}}' | jq .x; printf "__proto__:\\n  x: 1\\n" | yq .x; env`,
  },
  {
    name: 'odd names',
    reason: 'names that break lists of files',
    command: "cd /tmp; touch -- '-rf' ' ' $'a\\nb' 'a;b' '*' '~' '\"' \"'\" $'\\x01' 'é\u202e'; ls -la; rm -- *; ls",
  },
  // network
  {
    name: 'network by shell',
    reason: 'sockets of the shell',
    command: 'echo GET / > /dev/tcp/127.0.0.1/80; exec 3<>/dev/tcp/169.254.169.254/80; cat <&3',
  },
  {
    name: 'network by programs',
    reason: 'every client there is',
    command:
      'curl -m 2 http://169.254.169.254/; wget -T 2 http://example.com; nc -z 127.0.0.1 22; ping -c 1 127.0.0.1; ssh localhost; git clone http://x/y',
  },
];
