/**
 * To be imported before anything that makes a schema. The extension's CSP has no eval; without this zod probes for it
 * at the first schema, and the browser reports a violation.
 */
import { z } from 'zod';

z.config({ jitless: true });
