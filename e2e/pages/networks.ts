import type { Page } from '@playwright/test';

/** What is typed into the form of a network. */
export interface TypedNetwork {
  readonly name: string;
  readonly node: string;
  readonly chainId: string;
  readonly symbol: string;
}

/** Which network is looked at, and the page of each. */
export const networks = (page: Page) => ({
  choose: async (name: string) => {
    await page.getByRole('button', { name: /^Network .* Change network$/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click();
  },
  manage: async () => {
    await page.getByRole('button', { name: /^Network .* Change network$/ }).click();
    await page.getByRole('button', { name: 'Manage networks' }).click();
  },
  open: (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) }).click(),
  add: () => page.getByRole('button', { name: 'Add network' }).click(),
  fill: async ({ name, node, chainId, symbol }: TypedNetwork) => {
    await page.getByLabel('Name', { exact: true }).fill(name);
    await networks(page).fillNode(node);
    await page.getByLabel('Chain id').fill(chainId);
    await page.getByLabel('Symbol of its own unit').fill(symbol);
  },
  fillNode: (node: string) => page.getByLabel('Node (RPC address)').fill(node),
  fillChainId: (chainId: string) => page.getByLabel('Chain id').fill(chainId),
  save: () => page.locator('button[type=submit]').click(),
  /** What stands at the fields. */
  refused: (text: string | RegExp) => page.getByText(text).waitFor(),
  useDefaultNode: () => page.getByRole('button', { name: /^Use the default node again/ }).click(),
  remove: async () => {
    await page.getByRole('button', { name: 'Remove network' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  },
  listed: (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor(),
  back: () => page.getByRole('button', { name: 'Back', exact: true }).click(),
  looksAt: (name: string) => page.getByRole('button', { name: `Network ${name}. Change network` }).waitFor(),
});

/** The tokens of the network that is looked at. */
export const tokens = (page: Page) => ({
  manage: () => page.getByRole('button', { name: 'Manage tokens' }).click(),
  add: () => page.getByRole('button', { name: 'Add token' }).click(),
  look: async (address: string) => {
    await page.getByLabel('Contract address').fill(address);
    await page.getByRole('button', { name: 'Look it up' }).click();
  },
  refused: (text: string | RegExp) => page.getByText(text).waitFor(),
  /** Until it stands in the list: before, the way back is still that of the page that adds it. */
  take: async (symbol: string) => {
    await page.getByRole('button', { name: `Add ${symbol}`, exact: true }).click();
    await page.getByRole('switch', { name: `Show ${symbol}` }).waitFor();
  },
  consent: () => page.getByRole('checkbox').click(),
  show: (symbol: string) => page.getByRole('switch', { name: `Show ${symbol}` }).click(),
  open: (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) }).click(),
  held: (amount: string, timeoutMs: number) =>
    page.getByText(amount, { exact: true }).first().waitFor({ timeout: timeoutMs }),
  back: () => page.getByRole('button', { name: 'Back', exact: true }).click(),
});
