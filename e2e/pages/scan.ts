import type { Page } from '@playwright/test';

/** Reading a QR code, from the button beside a recipient to the form that it fills in. */
export const scan = (page: Page) => ({
  open: () => page.getByRole('button', { name: 'Scan a QR code' }).click(),
  shown: () => page.getByRole('heading', { name: 'Scan a QR code' }).waitFor(),
  useCamera: () => page.getByRole('button', { name: 'Use the camera' }).click(),
  looking: () => page.getByRole('button', { name: 'Stop the camera' }).waitFor(),
  stopCamera: () => page.getByRole('button', { name: 'Stop the camera' }).click(),
  off: () => page.getByRole('button', { name: 'Use the camera' }).waitFor(),
  says: (text: string | RegExp) => page.getByRole('alert').getByText(text).waitFor(),
  /** @param picture the bytes of an image file */
  choose: (picture: Buffer, name = 'code.bmp', mimeType = 'image/bmp') =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: picture }),
  /** As somebody does who drags it onto the page, or has copied it. */
  give: (how: 'drop' | 'paste', picture: Buffer) =>
    page.evaluate(
      ([kind, base64]) => {
        const data = new DataTransfer();
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], 'code.bmp', { type: 'image/bmp' }));
        const options = { bubbles: true, cancelable: true };
        const event =
          kind === 'drop'
            ? new DragEvent('drop', { ...options, dataTransfer: data })
            : new ClipboardEvent('paste', { ...options, clipboardData: data });
        document.body.dispatchEvent(event);
      },
      [how, picture.toString('base64')] as const,
    ),
  back: () => page.getByRole('button', { name: 'Back', exact: true }).click(),
});
