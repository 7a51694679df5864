import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginScene, endure, FLOWS, type Flow } from './matrix';
import { createMortalWorld, type Death, type MortalWorld, SERVERS, type Server } from './mortal';
import { type Cut, runUntilCut } from './power';

/** Which of the contacts of a flow are visited: all of them, or so many, spread over it. */
export type Visits = number | 'all';

const TOUCHED: Readonly<Record<Flow['touches'], readonly Server[]>> = {
  'every server': SERVERS,
  'vault and issuer': ['vault', 'issuer'],
  'the vault': ['vault'],
};

/** Contacts of lost races: how far one play may be shorter than another. */
const MOST_RACED = 4;

interface Point {
  readonly at: number;
  readonly cut: Cut;
}

/** Registers the tests of servers that die, on one kind of store. */
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
          await visit((point) => play(mortal, flow, server, point), visits);
        },
        1_800_000,
      );
    });
  });
}

/**
 * Registers the tests of devices that die while every server goes on.
 * @param least at so many places at least has one died in the end
 */
export function testDevices(
  store: string,
  open: Parameters<typeof createMortalWorld>[0],
  visitsOf: (flow: Flow) => Visits,
  least: number,
): void {
  describe(`a device, its parties on ${store}, may die`, () => {
    let mortal: MortalWorld;
    let visited = 0;
    beforeAll(async () => {
      mortal = await createMortalWorld(open);
    }, 120_000);
    afterAll(() => mortal?.close());

    it.each(FLOWS.filter(({ byServers }) => !byServers))(
      'at any contact of: $name',
      async (flow) => {
        visited += await visit((point) => playDevice(mortal, flow, point), visitsOf(flow));
      },
      1_800_000,
    );

    it(`and has died at ${least} places at least`, () => {
      expect(visited).toBeGreaterThanOrEqual(least);
    });
  });
}

/**
 * Plays a flow once to the end, and then with a death at each place. Requests that race for a document cost a contact or
 * two more, and not in every play: so all places are those up to the first at which nobody dies any more.
 * @returns how many deaths there were
 */
async function visit(play: (point: Point) => Promise<Death>, visits: Visits): Promise<number> {
  const { contacts } = await play({ at: Number.POSITIVE_INFINITY, cut: 'before' });
  expect(contacts).toBeGreaterThan(0);
  let deaths = 0;
  for (const point of visits === 'all' ? everyPoint() : pointsOf(contacts, visits)) {
    const { died } = await play(point);
    if (died) deaths += 1;
    else expect(point.at).toBeGreaterThan(contacts - MOST_RACED);
    if (visits === 'all' && !died && point.at > contacts) break;
  }
  return deaths;
}

async function playDevice({ world }: MortalWorld, flow: Flow, { at, cut }: Point) {
  const scene = await beginScene(world, flow);
  const death = await runUntilCut(world, scene.device, at, cut, (device) => flow.act({ ...scene, device }));
  await flow.settle(scene);
  return death;
}

async function play({ world, withDeath }: MortalWorld, flow: Flow, server: Server, { at, cut }: Point) {
  const scene = await beginScene(world, flow);
  const death = await withDeath(server, at, cut, () => endure(flow.act(scene)));
  await flow.settle(scene);
  return death;
}

function* everyPoint(): Generator<Point> {
  for (let at = 1; ; at++) {
    yield { at, cut: 'before' };
    yield { at, cut: 'after' };
  }
}

/** Spread over the contacts, befores and afters by turns. */
function pointsOf(contacts: number, visits: number): Point[] {
  const most = Math.min(visits, 2 * contacts);
  return Array.from({ length: most }, (_, place) => {
    const contact = Math.floor(((place + 0.5) * contacts) / most);
    return { at: contact + 1, cut: place % 2 === 0 ? 'before' : 'after' };
  });
}
