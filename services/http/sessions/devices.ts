/** Who has a session of an account, and the end of one: the same two operations at every server with sessions. */
import { z } from 'zod';
import { devicesResponse, signOutRequest } from '@/lib/keyless/wire/session';
import { operation } from '@/services/http/api/operation';

export const listDevices = operation({
  method: 'get',
  path: '/devices',
  summary: 'The devices that have a session of the account here, by status token',
  access: 'status',
  answer: devicesResponse,
  refusals: [],
});

export const signOutDevice = operation({
  method: 'post',
  path: '/sign-out',
  summary: 'Ends the session of a device, signed by the owner key',
  access: 'access',
  body: signOutRequest,
  answer: z.object({}),
  refusals: ['not-found', 'bad-signature'],
});
