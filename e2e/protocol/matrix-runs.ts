import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginScene, endure, FLOWS, type Flow } from './matrix';
import { createMortalWorld, type MortalWorld, SERVERS, type Server } from './mortal';
import type { Cut } from './power';

/** Which of the contacts of a flow are visited: all of them, or so many, spread over it. */
export type Visits = number | 'all';

const TOUCHED: Readonly<Record<Flow['touches'], readonly Server[]>> = {
  'every server': SERVERS,
  'vault and issuer': ['vault', 'issuer'],
  'the vault': ['vault'],
};

interface Point {
  readonly at: number;
  readonly cut: Cut;
}

/** Registers the tests of one kind of store. */
export function testMatrix(store: string, open: Parameters<typeof createMortalWorld>[0], visits: Visits): void {
  describe(`on ${store}`, () => {
    let mortal: MortalWorld;
    beforeAll(async () => {
      mortal = await createMortalWorld(open);
    }, 120_000);
    afterAll(() => mortal?.close());

    describe.each(SERVERS)('%s may die', (server) => {
      const flows = FLOWS.filter(({ touches }) => TOUCHED[touches].includes(server));
      it.each(flows)(
        'at any contact of: $name',
        async (flow) => {
          const { contacts } = await play(mortal, flow, server, { at: Number.POSITIVE_INFINITY, cut: 'before' });
          expect(contacts).toBeGreaterThan(0);
          for (const point of pointsOf(contacts, visits)) {
            const { died } = await play(mortal, flow, server, point);
            expect(died).toBe(true);
          }
        },
        1_800_000,
      );
    });
  });
}

async function play({ world, withDeath }: MortalWorld, flow: Flow, server: Server, { at, cut }: Point) {
  const scene = await beginScene(world, flow);
  const death = await withDeath(server, at, cut, () => endure(flow.act(scene)));
  await flow.settle(scene);
  return death;
}

function pointsOf(contacts: number, visits: Visits): Point[] {
  const all = Array.from({ length: contacts }, (_, index) => index + 1).flatMap((at): Point[] => [
    { at, cut: 'before' },
    { at, cut: 'after' },
  ]);
  if (visits === 'all') return all;
  // Odd steps through an even list: befores and afters by turns.
  const step = Math.max(1, Math.floor(all.length / visits)) | 1;
  return all.filter((_, index) => index % step === step >> 1).slice(0, visits);
}
