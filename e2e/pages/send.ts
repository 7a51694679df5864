import type { Page } from '@playwright/test';

const MOMENT_MS = 1_000;
const MOST_ATTEMPTS = 20;

/** Whom, how much, and the look at it before it is signed. */
export const send = (page: Page) => ({
  /** An address or a name; whoever was found before is taken back. */
  recipient: async (text: string) => {
    const change = page.getByRole('button', { name: 'Change the address' });
    const field = page.getByLabel('To', { exact: true });
    const typed = () =>
      field.fill(text, { timeout: MOMENT_MS }).then(
        () => true,
        () => false,
      );
    // Whoever is still being looked up takes the place of the field at any moment, and a sheet that closes hides both.
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (await change.isVisible()) await change.click();
      if (await typed()) return;
    }
    await field.fill(text);
  },
  amount: (amount: string) => page.getByRole('textbox', { name: /^Amount/ }).fill(amount),
  max: () => page.getByRole('button', { name: 'Max' }).click(),
  /** @param name as it stands in the list, such as `Dollar X` */
  asset: async (name: string) => {
    await page.getByRole('button', { name: /^Send .+ Choose something else$/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click();
  },
  /** Somebody from the list of people one knows. */
  pick: async (name: string) => {
    await page.getByRole('button', { name: 'Choose somebody you know' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click();
  },
  review: () => page.getByRole('button', { name: 'Review' }).click(),
  fill: async (to: string, amount: string) => {
    await send(page).recipient(to);
    await send(page).amount(amount);
    await send(page).review();
  },
  /** The button acts only after it was in view for a moment; a click waits for that. */
  confirm: (amount: string, symbol = 'ETH') => send(page).sendButton(amount, symbol).click(),
  sendButton: (amount: string, symbol = 'ETH') =>
    page.getByRole('dialog').getByRole('button', { name: `Send ${amount} ${symbol}` }),
  /** Said above the button of one that is dangerous. */
  compared: () => page.getByRole('checkbox', { name: /^I have compared the whole address/ }).click(),
  onItsWay: () => page.getByRole('heading', { name: 'On its way' }).waitFor(),
  arrived: (timeoutMs: number) => page.getByRole('heading', { name: 'It arrived' }).waitFor({ timeout: timeoutMs }),
  saveContact: () => page.getByRole('button', { name: 'Add to the address book' }).click(),
  done: () => page.getByRole('button', { name: 'Done' }).click(),
});
