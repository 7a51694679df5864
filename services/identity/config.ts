import { z } from 'zod';
import { logLevelVariable, portVariable } from '@/services/http/config/variables';

/** Apple takes https alone; on one machine there is nothing but loopback. */
const isHttpsOrLoopback = (text: string): boolean => /^(https:\/\/|http:\/\/127\.0\.0\.1[:/])/.test(text);
const split = (text: string): string[] => text.split(/[\s,]+/).filter((uri) => uri !== '');

/** Everything the development identity provider reads from its environment. */
export const identityConfigSchema = z.object({
  IDENTITY_DATA_DIR: z.string().min(1).describe('the folder for keys, accounts and sessions'),
  IDENTITY_REDIRECT_URIS: z
    .string()
    .default('')
    .transform(split)
    .pipe(z.array(z.url({ protocol: /^https$/ })))
    .describe('https addresses at which a sign-in of the extension may end, separated by commas'),
  IDENTITY_PLAYS: z.enum(['google', 'apple']).default('google').describe('whom it plays: google or apple'),
  IDENTITY_RELAY_REDIRECT_URIS: z
    .string()
    .default('')
    .transform(split)
    .pipe(z.array(z.url().refine(isHttpsOrLoopback)))
    .describe('addresses at which a sign-in of a relay may end, https or http on 127.0.0.1, separated by commas'),
  IDENTITY_RELAY_CLIENT_ID: z.string().min(1).default('halfkey-relay').describe('the client id of the relay'),
  IDENTITY_RELAY_SECRET: z
    .string()
    .min(1)
    .default('development-only')
    .describe('the client secret of the relay, where Google is played'),
  IDENTITY_RELAY_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('the public half (PEM) of the key that signs client secrets, where Apple is played'),
  IDENTITY_TEAM_ID: z.string().min(1).default('DEVTEAM001').describe('the developer, where Apple is played'),
  IDENTITY_KEY_ID: z.string().min(1).default('DEVKEY0001').describe('the name of that key'),
  IDENTITY_PORT: portVariable(0),
  IDENTITY_CLIENT_ID: z.string().min(1).default('halfkey-extension').describe('the client id of the extension'),
  IDENTITY_COMMAND_LINE_CLIENT_ID: z
    .string()
    .min(1)
    .default('halfkey-command-line')
    .describe('the client id of `halfkey recover`'),
  IDENTITY_LOG_LEVEL: logLevelVariable,
  NODE_ENV: z
    .string()
    .default('development')
    .refine((mode) => mode !== 'production')
    .describe('anything but "production": everybody can sign in here as anybody'),
});
