import { choosePin } from '../pages/pin';
import { providerWindow } from '../pages/provider';
import { welcome } from '../pages/welcome';
import { signIn } from '../steps';
import { test } from './fixtures';

test('a sign-in that is closed or cancelled in its window can begin again', async ({ openFirefox }) => {
  const browser = await openFirefox();
  const page = await browser.openTab();
  await welcome(page).shown();
  const closed = await providerWindow(browser.context, welcome(page).continueWithGoogle);
  await closed.close();
  await welcome(page).shown();

  const refused = await providerWindow(browser.context, welcome(page).continueWithGoogle);
  await refused.cancel();
  await signIn(browser, page, 'At last');
  await choosePin(page).shown();
});
