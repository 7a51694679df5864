const encode = encodeURIComponent;

/** `public/icons/mark.svg` as EIP-6963 wants it: a data URI. */
export function icon(): string {
  return `data:image/svg+xml,${encode(SVG)}`;
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8.96" fill="#F8F6F2"/>' +
  '<g transform="translate(16 16)scale(.65)translate(-16 -16)">' +
  '<path fill="#1C1A17" transform="translate(0 -1.9)" d="M15 3.04a13 13 0 0 0 0 25.92V22h-1.86a.9.9 0 0 1-.87-1.13' +
  'l1.13-4.3A3.9 3.9 0 0 1 15 9.63Z"/>' +
  '<path fill="#2F4AC4" transform="translate(0 1.9)" d="M17 3.04a13 13 0 0 1 0 25.92V22h1.86a.9.9 0 0 0 .87-1.13' +
  'l-1.13-4.3A3.9 3.9 0 0 0 17 9.63Z"/></g></svg>';
