import { describe, expect, it } from 'vitest';
import { readConfig } from '@/services/http/config/config';
import { relayConfigSchema } from './config';

const APPLE = { id: 'apple', kind: 'apple', clientId: 'example.wallet', teamId: 'TEAM', keyId: 'KEY' };
const environment = (rows: readonly object[], changes: Record<string, string> = {}) => ({
  RELAY_EXTERNAL_URL: 'https://relay.example.test/',
  RELAY_PROVIDERS: JSON.stringify(rows),
  RELAY_EXTENSION_URLS: 'https://a.chromiumapp.org/, https://b.extensions.allizom.org/',
  ...changes,
});
const read = (rows: readonly object[], changes?: Record<string, string>) =>
  readConfig(relayConfigSchema, environment(rows, changes));

describe('the relay’s configuration', () => {
  it('knows Apple and Google by name', () => {
    const result = read([APPLE, { id: 'google', kind: 'google', clientId: 'client' }]);
    if (!result.ok) throw new Error(result.report);
    const [apple, google] = result.config.RELAY_PROVIDERS;
    expect(apple).toMatchObject({ scopes: [], responseMode: 'form_post', clientSecret: 'es256', renewal: 'by-window' });
    expect(apple?.table.issuer).toBe('https://appleid.apple.com');
    expect(google).toMatchObject({
      scopes: ['openid'],
      responseMode: 'query',
      clientSecret: 'given',
      renewal: 'silent',
    });
    expect(result.config.RELAY_EXTERNAL_URL).toBe('https://relay.example.test');
    expect(result.config.RELAY_EXTENSION_URLS).toHaveLength(2);
  });

  it('takes any other provider by its issuer', () => {
    const row = { id: 'work', issuer: 'https://id.example.test', clientId: 'client', clientSecret: 'none' };
    expect(read([row])).toMatchObject({ ok: true });
  });

  it.each([
    ['Apple without a team', [{ ...APPLE, teamId: undefined }], {}],
    ['a provider without an issuer', [{ id: 'work', clientId: 'client' }], {}],
    ['an issuer over http', [{ ...APPLE, issuer: 'http://apple.example.test' }], {}],
    ['no provider', [], {}],
    ['a secret in the table', [{ ...APPLE, secret: 'x' }], {}],
    ['an id that is a path', [{ ...APPLE, id: '../apple' }], {}],
    ['an address of the extension over http', [APPLE], { RELAY_EXTENSION_URLS: 'http://a.chromiumapp.org/' }],
    ['no address of the extension', [APPLE], { RELAY_EXTENSION_URLS: '' }],
    ['a target that is none', [APPLE], { RELAY_NOTICE_TARGETS: 'vault' }],
  ])('is refused with %s', (_, rows, changes) => {
    expect(read(rows, changes)).toMatchObject({ ok: false, report: expect.stringContaining('RELAY_') });
  });
});
