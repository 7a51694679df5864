import { test } from './fixtures';
import { playLife } from './life';

// Its clocks go three days ahead, and its databases are counted.
test.use({ ownStack: 'life' });

test('a backup lives: made, practised, its PIN changed and told, deleted, undone, deleted, gone', async ({
  stack,
  openBrowser,
  expectedErrors,
}) => {
  test.setTimeout(900_000);
  // A PIN that is refused, and servers that are stopped for a while.
  expectedErrors.push(/Failed to load resource/, /ERR_/);
  await playLife({ stack, account: 'Life', openBrowser, step: test.step });
});
