/** The event log as its tenant reads it (`POST /tenant_log`, `POST /tenant_log/ack`): the JSON of the official software. */
import { z } from 'zod';
import type { LoggedEvent } from '../store/store';
import { MalformedRequest } from './wire';

/** 200 ids of ours have 8 KiB. */
export const MAX_LOG_BODY_BYTES = 32 * 1024;
const MAX_PAGE = 200;

/** Every id of an event is such a text; whatever else is acknowledged, there is no such event. */
const EVENT_ID = /^[\x21-\x7e]+$/;
const acks = z
  .array(z.string().min(1).max(128))
  .max(1000)
  .transform((ids) => ids.filter((id) => EVENT_ID.test(id)));
const readRequest = z.object({ acks, page_size: z.number().int().min(1).max(MAX_PAGE) });
const ackRequest = z.object({ acks });

/** What a reader has dealt with, and how many events it wants at most (1 to 200). @throws MalformedRequest */
export function parseLogRequest(body: string): { acks: string[]; pageSize: number } {
  const { acks, page_size: pageSize } = parse(readRequest, body);
  return { acks, pageSize };
}

/** @throws MalformedRequest */
export const parseAckRequest = (body: string): string[] => parse(ackRequest, body).acks;

function parse<Schema extends z.ZodType>(schema: Schema, body: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    throw new MalformedRequest('not a request for the log');
  }
}

/** `when` is RFC 3339 in UTC; `ack` is what acknowledges the event. Counts stand with `guess_used` only. */
export function eventJson({ id, atMs, userId, event, numGuesses, guessCount }: LoggedEvent) {
  const counts = numGuesses === null || guessCount === null ? {} : { num_guesses: numGuesses, guess_count: guessCount };
  return { id, ack: id, when: new Date(atMs).toISOString(), user_id: userId, event, ...counts };
}
