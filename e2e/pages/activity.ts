import type { Page } from '@playwright/test';

/** What was sent and what has arrived. */
export const activity = (page: Page) => ({
  open: () => page.getByRole('tab', { name: /^Activity/ }).click(),
  /** @param line the beginning of a line, such as `To Mira` */
  item: (line: string) => page.getByRole('button', { name: new RegExp(`^${line}`) }),
  speedUp: () => page.getByRole('button', { name: 'Speed up' }).click(),
  cancel: () => page.getByRole('button', { name: 'Cancel it' }).click(),
  /** The button acts only after it was in view for a moment; a click waits for that. */
  confirm: (action: 'Send it dearer' | 'Try to cancel it') =>
    page.getByRole('dialog').getByRole('button', { name: action }).click(),
  back: () => page.getByRole('button', { name: 'Back', exact: true }).click(),
});
