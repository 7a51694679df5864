/** Hands a file to the browser, which saves it where it saves what is downloaded. */
export function saveFile(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The browser has taken the address by then; without this the bytes would stay for as long as the page.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
