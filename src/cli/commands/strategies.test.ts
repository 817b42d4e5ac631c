import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { STRATEGIES } from '../../audit/strategies/index.ts';
import { SubterfugeError } from '../../base/errors.ts';
import { displayWidth, visible } from '../../base/terminal.ts';
import { strategyListingSchema } from '../../record/audit.ts';
import { processIo } from '../io.ts';
import { strategiesCommand } from './strategies.ts';

const COLUMNS = 80;

/** What the command prints, at 80 columns. */
const printed = async (...given: string[]): Promise<string> => {
  let text = '';
  const io = { ...processIo(), columns: COLUMNS, out: (more: string) => (text += more) };
  await strategiesCommand({ io, exit: () => {} })
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(given, { from: 'user' });
  return text;
};

const listed = async (...given: string[]) =>
  z.array(strategyListingSchema).parse(JSON.parse(await printed(...given, '--json')));

describe('strategies', () => {
  test('--json has every strategy with the four fields that other programs read', async () => {
    const all = await listed();
    expect(all.map(({ name }) => name)).toEqual(STRATEGIES.map(({ name }) => name));
    expect(new Set(Object.keys(all[0] ?? {}))).toEqual(new Set(['class', 'name', 'source', 'subjects']));
  });

  test('--class and --subject leave what they name, together and apart', async () => {
    expect((await listed('--class', 'reward-tampering')).every((one) => one.class === 'reward-tampering')).toBe(true);
    expect((await listed('--subject', 'program')).every(({ subjects }) => subjects.includes('program'))).toBe(true);
    const found = await listed('--subject', 'program', '--class', 'loophole-exploitation');
    const both = found.map(({ name }) => name);
    expect(both).toContain('program-from-visible-tests');
    expect(both).not.toContain('exit-zero-on-import');
  });

  test('the table names every strategy and keeps to the width of the terminal', async () => {
    const lines = (await printed()).split('\n');
    expect(lines.filter((line) => displayWidth(line) > COLUMNS)).toEqual([]);
    const firsts = new Set(lines.map((line) => line.split(' ')[0]));
    expect(STRATEGIES.map(({ name }) => name).filter((name) => !firsts.has(name))).toEqual([]);
  });

  test('one strategy is shown in full, and nothing of it acts on a terminal', async () => {
    const text = await printed('twin-answer-sentence');
    expect(text).toContain('The answer is 42.');
    expect(text).toContain('rater-hacking');
    for (const { name } of STRATEGIES) {
      const shown = await printed(name);
      expect(visible(shown, { newlines: true }), name).toBe(shown);
    }
  });

  test('what does not exist is an error that says what does', async () => {
    await expect(printed('exit-zero')).rejects.toThrow(/exit-zero-on-import/);
    await expect(printed('nothing-like-it')).rejects.toThrow(SubterfugeError);
    await expect(printed('--class', 'cheating')).rejects.toThrow(/rater-hacking/);
  });
});
