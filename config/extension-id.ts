/**
 * The public half of the key that fixes the extension's id in Chromium (base64 of DER SPKI).
 * The private half was thrown away: a store signs with its own.
 */
export const EXTENSION_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAieRA6622OLnV6cPURSyG3enxq8nVAeHVEEOXyDqtxanGw9fGFYBxAeQfpKRiJnIlp26bNNTncCpwnEXCgJLF0UAd9nMw2f2JhJ9fbrb14oQmUJ6z4FK+fEglsjIe92iYi4Oa0nYamJzhNzWc2bATwt919prsIyJvtl94efik9KvSy72MN9WFAms7OdgSFHGxl1RaFtG9/YY73aZlhzG6q3am0MhXAzTL2FqlUZf2A4TqrMFyZtGJo8cipUWWew7vI4mWSBOtn45gHAbS2TEyI1/VFEJnplaeXBEzBVOUmbMr/hFpY6cGOZU6GPeT2AHXCvMoQaLbz/+Vd3rtolCpsQIDAQAB';

/** First 16 bytes of SHA-256 of the key, each hex digit written as a letter from a to p. */
export const EXTENSION_ID = 'ifpfjkldbbnojgbdhlomhoknigpjajij';

/** Where `identity.launchWebAuthFlow` expects the answer in Chromium. */
export const EXTENSION_REDIRECT_URL = `https://${EXTENSION_ID}.chromiumapp.org/`;

export const GECKO_ID = 'wallet@halfkey.example';

/** The same in Firefox: the host is SHA-1 of the add-on's id. */
export const GECKO_REDIRECT_URL = 'https://5ac7a80b7ad91e6f770370d06b29ed0b187c7728.extensions.allizom.org/';
