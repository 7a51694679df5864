import { openApiContract } from '@/services/http/api/openapi.contract';
import { startIssuer } from './testing/issuer';

openApiContract(
  'issuer',
  ({ sessions, limits, now }) => startIssuer({ openSessions: () => sessions, limits, now }).app,
);
