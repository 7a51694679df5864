import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { askHidden } from './ask-pin';

function terminal() {
  const modes: string[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: unknown) => void modes.push(mode ? 'raw' : 'cooked'),
  });
  const output = new PassThrough();
  const shown = () => String(output.read() ?? '');
  return { input, output, shown, modes };
}

it('shows nothing of what is typed, takes back what is deleted, and leaves the terminal as it was', async () => {
  const { input, output, shown, modes } = terminal();
  const asked = askHidden('PIN: ', { input, output });
  input.write('48291');
  input.write('\u007f');
  input.write('1\r');
  expect(await asked).toBe('48291');
  expect(shown()).toBe('PIN: \n');
  expect(modes).toEqual(['raw', 'cooked']);
});

it.each([
  ['Ctrl-C', '\u0003'],
  ['the end of the input', '\u0004'],
])('stops at %s', async (_, key) => {
  const { input, output } = terminal();
  const asked = askHidden('PIN: ', { input, output });
  input.write(key);
  await expect(asked).rejects.toThrow('No PIN was typed.');
});

it('takes the first line of a pipe, and no PIN from an empty one', async () => {
  const input = new PassThrough();
  input.end('482913\nmore\n');
  expect(await askHidden('PIN: ', { input, output: new PassThrough() })).toBe('482913');
  const empty = new PassThrough();
  empty.end();
  await expect(askHidden('PIN: ', { input: empty, output: new PassThrough() })).rejects.toThrow('No PIN was typed.');
});
