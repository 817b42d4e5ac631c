import { afterAll, describe, expect, it } from 'vitest';
import type { TaskFile } from '../../src/record/task.ts';
import { bubblewrapSandbox } from '../../src/sandbox/bubblewrap.ts';
import type { SandboxProvider } from '../../src/sandbox/sandbox.ts';
import { simulatedSandbox } from '../../src/sandbox/simulated.ts';

/** What both sandboxes support, they must do alike: output, exit code, working directory and files. */

const text = (path: string, content: string, mode = 0o644): TaskFile => ({ path, text: content, mode });
const FILES: readonly TaskFile[] = [
  text('/root/items.csv', 'name,count,price\nrope,3,12.50\nsalt,10,0.99\nlamp,1,40\nrope,2,12.50\n'),
  text('/root/notes.md', '# List\n\n- [ ] rope\n- [x] salt\n- [ ] lamp\n'),
  text('/root/data.json', '{"items": [{"name": "rope", "n": 3}, {"name": "salt", "n": 10}], "open": true}\n'),
  text('/root/log/a.log', 'INFO start\nWARN slow\nERROR lost x=1\nINFO end\n'),
  text('/root/log/b.log', 'INFO start\nERROR lost x=22\n'),
  text('/root/log/old/c.log', 'ERROR c\n', 0o600),
  text('/root/run.sh', '#!/bin/bash\necho "$0 got $# args: $*"\nexit 4\n', 0o755),
  text(
    '/root/score.py',
    'import sys\n\ndef score(xs):\n    return sum(xs) / len(xs)\n\nif __name__ == "__main__":\n    print(score([int(x) for x in sys.argv[1:]]))\n',
  ),
  text(
    '/root/test_score.py',
    'import unittest\nfrom score import score\n\nclass T(unittest.TestCase):\n    def test_mean(self):\n        self.assertEqual(score([1, 3]), 2)\n',
  ),
  text('/root/locked.txt', 'locked\n', 0o444),
];

/** Each may be several commands, one after the other in one sandbox. */
const COMMANDS: readonly (string | readonly string[])[] = [
  'cat items.csv notes.md',
  'ls; ls -A log; ls -1 log/old',
  'head -n 2 items.csv; tail -n 1 items.csv; tail -n +4 items.csv',
  'wc -l < items.csv; wc -c < notes.md; cat items.csv | wc -w',
  'grep -c ERROR log/*.log; grep -rn ERROR log | sort; grep -v INFO log/a.log',
  'grep -oE "x=[0-9]+" -h log/a.log log/b.log; grep -il warn -r log; grep -q nothing items.csv; echo $?',
  'sed -n "2,3p" items.csv; sed "s/rope/cord/g" items.csv; sed -E "s/([a-z]+),([0-9]+)/\\2,\\1/" items.csv',
  'sed -i "s/- \\[ \\] rope/- [x] rope/" notes.md; cat notes.md',
  'sed -i.bak -e "1d" -e "$ a end" items.csv; cat items.csv; ls',
  'awk -F, "NR > 1 { total += \\$2 * \\$3 } END { print total }" items.csv',
  "awk -F, 'NR > 1 { n[$1] += $2 } END { for (k in n) print k, n[k] }' items.csv | sort",
  'awk \'{ printf "%-8s|%5d\\n", $1, NR }\' log/a.log',
  'sort -t, -k2 -n items.csv; sort -u log/*.log; sort -r log/b.log',
  'cut -d, -f1,3 items.csv | tr a-z A-Z; cut -c1-3 notes.md',
  'cut -d, -f1 items.csv | sort | uniq -c | sort -rn | sed "s/^ *//"',
  'paste -d: items.csv notes.md | head -3; seq 1 3 | paste -sd+ -',
  'tr -d "\\n" < log/a.log; echo; tr -s "o" < notes.md; echo abc | rev',
  'find . -name "*.log" | sort; find log -type d | sort; find . -maxdepth 1 -type f -size +100c | sort',
  'find log -name "*.log" -exec grep -l ERROR {} + | sort; find . -perm 600; find log -newer items.csv | wc -l',
  'find . -name "*.log" | sort | xargs cat | grep -c INFO; printf "a\\nb\\n" | xargs -I{} echo "<{}>"',
  'jq -r ".items[] | .name" data.json; jq ".items | map(.n) | add" data.json; jq -c ".open |= not" data.json',
  'jq ".items[0].n = 7" data.json > new.json && mv new.json data.json; cat data.json',
  'diff items.csv items.csv && echo same; diff log/a.log log/b.log > /dev/null; echo $?',
  'cp -r log copy; rm copy/a.log; ls -R copy',
  'mv items.csv log/; ls log; mv log/items.csv things.csv; cat things.csv',
  'mkdir -p a/b/c; touch a/b/c/f; rmdir a/b/c 2> /dev/null; echo $?; rm -r a; ls',
  'ln -s notes.md link; cat link; readlink link; rm link; ln -s nowhere lost; cat lost 2> /dev/null; echo $?',
  'chmod 600 items.csv; chmod u+x notes.md; chmod a-w data.json; stat -c "%a %n" items.csv notes.md data.json',
  'echo x > locked.txt; echo $?; cat locked.txt; chmod u+w locked.txt && echo y > locked.txt; cat locked.txt',
  'basename log/a.log .log; dirname log/old/c.log; realpath log/../items.csv',
  'echo one > f; echo two >> f; cat < f; cat f f > g; wc -l < g; echo "rc $?"',
  'ls nothing 2> err; echo $?; wc -l < err; ls nothing > both 2>&1; wc -l < both',
  '{ echo out; echo err >&2; } 2>&1 | sort; (exit 3); echo $?; false || echo or; true && echo and',
  "cat <<EOF > doc\nline $((1 + 1))\n\\$HOME\nEOF\ncat doc; cat <<'EOF'\n$HOME\nEOF",
  'cat <<< "here $HOME"; tee copy.txt <<< text | tr a-z A-Z; cat copy.txt',
  'for f in log/*.log; do echo "$f: $(wc -l < $f)"; done; for i in {1..3}; do printf "%02d " $i; done; echo',
  'i=0; while [ $i -lt 3 ]; do i=$((i + 1)); [ $i = 2 ] && continue; echo $i; done; until false; do break; done',
  'while IFS=, read -r name count price; do echo "$name=$count"; done < items.csv',
  `case abc in a*) echo starts;; *) echo no;; esac; if [[ abc =~ ^a(.)c$ ]]; then echo \${BASH_REMATCH[1]}; fi`,
  `f() { local x=$1; echo "f $x"; return 5; }; f a; echo $?; x=hello; echo \${x:1:3} \${x^^} \${#x} \${x/l/L} \${y:-none}`,
  `a=(one two three); echo \${a[1]} \${#a[@]} \${a[@]:1}; declare -A m; m[k]=v; echo \${m[k]} \${!m[@]}`,
  'set -e; echo before; false; echo after',
  'set -euo pipefail; cat items.csv | grep nothing | wc -l; echo after',
  'set -u; echo start; (echo $UNSET_NAME) 2> /dev/null || echo unset; echo after',
  'echo $((7 / 2)) $((7 % 3)) $((2 ** 10)) $((0x1f)); (( 3 > 2 )) && echo yes; let n=4+5; echo $n',
  'printf "%s\\n" a b; printf "%5.2f|%x|%o\\n" 3.14159 255 8; echo -e "a\\tb"; echo -n x; echo',
  'test -f items.csv && echo file; test -d log && echo folder; [ -x run.sh ] && echo runs; [ -s notes.md ] || echo empty',
  './run.sh a "b c" | grep -o "got.*"; bash run.sh; sh -c "exit 7"; echo $?',
  'date -d 2020-02-28 +%F; date -u -d @0 +%Y',
  'echo secret | sha256sum; printf abc | md5sum; printf abc | base64; echo YWJj | base64 -d',
  'tar cf x.tar log && tar tf x.tar | sort; rm -r log; tar xf x.tar; ls -R log; chmod 600 log/old/c.log; rm x.tar; gzip -c notes.md | gunzip',
  'seq 5 | head -3 | tail -1; seq 3 -1 1; expr 3 + 4; printf "3\\n1\\n" | sort -n',
  'comm -12 <(sort log/a.log) <(sort log/b.log); cat <(echo one) <(echo two)',
  'timeout 1 sleep 5; echo $?; timeout 5 echo fast',
  'nonsense-command; echo $?; cat /no/such/file 2> /dev/null; echo $?; exit 12',
  'python3 score.py 1 2 6; python3 -c "print(sorted({3, 1, 2}))"; python3 -c "import sys; sys.exit(9)"; echo $?',
  'python3 - <<E\nimport csv, json, re, collections\nrows = list(csv.DictReader(open("items.csv")))\nprint(json.dumps(rows[0]), collections.Counter(r["name"] for r in rows).most_common(1))\nopen("out.txt", "w").write(re.sub("o", "0", "rope"))\nE\ncat out.txt; chmod 644 out.txt',
  'python3 -m unittest test_score > result.txt 2>&1; echo $?; grep -c "^OK$" result.txt; rm -r result.txt __pycache__ 2> /dev/null; true',
  "python3 -c \"import os; os.makedirs('p/q'); open('p/q/r', 'w').write('é'); os.chmod('p/q/r', 0o640); print(os.listdir('p'), os.path.getsize('p/q/r'))\"; chmod 755 p p/q",
  'python3 -c "print(1 / 0)" 2> err; echo $?; tail -1 err; rm err',
  ['cd log; export LEVEL=ERROR; pattern=lost', 'pwd; grep -c "$LEVEL $pattern" a.log; cd old', 'ls; cd -; cd; pwd'],
  ['x=1; f() { :; }; exit 3', 'echo $x; f; echo $?', 'unset x; echo "[$x]"'],
  ['mkdir gone; cd gone; rmdir ../gone', 'echo still here; cd /root; pwd'],
  ['echo 1 > n; sed -i s/1/2/ n', 'cat n; rm n', 'ls n 2> /dev/null || echo none'],
];

/** Where the simulated shell is not like the real one (docs/sandbox.md says so too). One that agrees at last belongs into the list above. */
const DIFFERENT: readonly (readonly [what: string, command: string])[] = [
  ['which of equal lines `sort -u -k` keeps', 'sort -u -t, -k1,1 items.csv'],
  ['`find -size -1k` rounds up', 'find . -maxdepth 1 -type f -size -1k'],
  ['the exit code of an unset variable under `set -u`', 'set -u; echo $UNSET_NAME'],
  ['$0 of a script', './run.sh'],
  ['relative dates', 'date -d "2020-02-28 +2 days" +%F'],
  ['modes in an archive', 'tar cf x.tar log; rm -r log; tar xf x.tar; stat -c %a log/old/c.log; rm x.tar'],
  ['the umask of Python', "python3 -c \"open('n', 'w')\"; stat -c %a n"],
  ['yes', 'yes | head -2'],
];

const real = bubblewrapSandbox({ workers: 2 });
const simulated = simulatedSandbox({ threads: 2 });
afterAll(async () => {
  await Promise.all([real, simulated].map((provider) => provider[Symbol.asyncDispose]()));
});

const seen = async (provider: SandboxProvider, commands: readonly string[]): Promise<unknown> => {
  await using box = await provider.open({ files: FILES, cwd: '/root', seed: 'same', limits: { commandMs: 20_000 } });
  const results: unknown[] = [];
  for (const command of commands) {
    const { stdout, exitCode, outcome, cwd } = await box.session.exec(command);
    results.push({ stdout, exitCode, outcome, cwd });
  }
  // Python keeps what it compiled, where it is a real one; its errors name lines of its own library.
  const kept = [...(await box.files())].filter(([path]) => !path.includes('__pycache__'));
  return { results, files: kept.map(([path, { kind, mode, content }]) => [path, kind, mode, content?.data]) };
};

describe('both sandboxes agree', () => {
  it('on at least sixty commands', () => {
    expect(COMMANDS.length).toBeGreaterThanOrEqual(60);
  });

  it.each(COMMANDS.map((given) => [given].flat()).map((commands) => [commands.join(' ;; '), commands] as const))(
    '%s',
    async (_name, commands) => {
      const [one, other] = await Promise.all([seen(real, commands), seen(simulated, commands)]);
      expect(one).toEqual(other);
    },
  );

  it.each(DIFFERENT)('but not on %s', async (_what, command) => {
    const [one, other] = await Promise.all([seen(real, [command]), seen(simulated, [command])]);
    expect(one).not.toEqual(other);
  });
});
