import { Card, Group, RowList } from '@/components/ui/Card';
import { AccountRow } from '@/components/wallet/AccountRow';
import { ActivityRow, type ActivityState, ReceivedRow } from '@/components/wallet/ActivityRow';
import { AddressBlock, AddressLine } from '@/components/wallet/AddressLine';
import { Amount } from '@/components/wallet/Amount';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { FeePicker } from '@/components/wallet/FeePicker';
import { HalvesDiagram } from '@/components/wallet/HalvesDiagram';
import { NetworkButton } from '@/components/wallet/NetworkButton';
import { NetworkRow } from '@/components/wallet/NetworkRow';
import { ProviderButton } from '@/components/wallet/ProviderButton';
import { Value } from '@/components/wallet/Value';
import { nothing, Specimen } from './Specimen';

const ADDRESS = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const ETHER = { symbol: 'ETH', decimals: 18 };
const WEI = 942_100_000_000_000_000n;
/** Half past eight on a day of 2026. */
const AT_MS = Date.UTC(2026, 4, 3, 8, 30);
const PRICES = { currency: 'eur', asOfMs: AT_MS, stale: false, perUnit: { '1': '2815.4' } };
const STATES: readonly ActivityState[] = ['pending', 'cancelling', 'confirmed', 'failed', 'cancelled', 'replaced'];

function Rows() {
  return (
    <Group label="Rows of lists">
      <div className="grid grid-cols-2 items-start gap-3">
        <RowList>
          <AccountRow {...account('Everyday', 0)} balanceWei={WEI} selected />
          <AccountRow {...account('Not asked yet', 4)} />
          <AccountRow {...account('Asked in vain', 7)} networkDown />
          <NetworkRow {...network('Ethereum', 1)} current="true" />
          <NetworkRow {...network('Sepolia', 11_155_111)} test />
          <NetworkRow {...network('Base', 8453)} ownNode />
          <NetworkRow {...network('Polygon', 137)} hidden />
        </RowList>
        <RowList>
          {STATES.map((state) => (
            <ActivityRow
              key={state}
              {...ETHER}
              to={ADDRESS}
              toName={state === 'confirmed' ? 'Mira' : undefined}
              valueWei={WEI}
              state={state}
              atMs={AT_MS}
              onPress={nothing}
            />
          ))}
          <ReceivedRow {...ETHER} from={null} fromName={undefined} units={WEI} atMs={AT_MS} onPress={nothing} />
          <ReceivedRow {...ETHER} from={ADDRESS} fromName="Mira" units={WEI} atMs={AT_MS} onPress={nothing} />
        </RowList>
      </div>
    </Group>
  );
}

const account = (name: string, avatar: number) =>
  ({
    ...{ name, avatar, address: ADDRESS, balanceWei: null, networkDown: false },
    ...{ symbol: 'ETH', selected: false, onPress: nothing },
  }) as const;

const network = (name: string, chainId: number) =>
  ({
    name,
    chainId,
    symbol: 'ETH',
    test: false,
    hidden: false,
    ownNode: false,
    end: 'chevron',
    onPress: nothing,
  }) as const;

function Amounts() {
  return (
    <Group label="Amounts and addresses">
      <div className="grid grid-cols-3 items-center gap-3">
        <Specimen label="Total">
          <Amount look="display" wei={WEI} symbol="ETH" />
        </Specimen>
        <Specimen label="Not asked yet">
          <span>
            <Amount look="display" wei={null} symbol="ETH" unknownLabel="Asking the network" />
          </span>
        </Specimen>
        <Specimen label="Asked in vain">
          <span>
            <Amount look="display" wei={null} symbol="ETH" silentLabel="No answer" />
          </span>
        </Specimen>
        <Specimen label="In a row, with its sign">
          <Amount wei={-WEI} symbol="ETH" />
        </Specimen>
        <Specimen label="Value">
          <Value amount={WEI} decimals={18} asset="1" prices={PRICES} />
        </Specimen>
        <Specimen label="Value, price is old">
          <Value amount={WEI} decimals={18} asset="1" prices={{ ...PRICES, stale: true }} />
        </Specimen>
        <Specimen label="Address, short">
          <AddressLine address={ADDRESS} />
        </Specimen>
      </div>
      <Card className="grid justify-items-center p-3.5">
        <AddressBlock address={ADDRESS} />
      </Card>
      <div className="grid grid-cols-2 gap-3">
        <FeePicker
          {...ETHER}
          feesWei={{ slow: 21_000_000_000_000n, normal: 42_000_000_000_000n, fast: 63_000_000_000_000n }}
          value="normal"
          onValue={nothing}
        />
        <FeePicker
          {...ETHER}
          feesWei={{
            slow: 21_000_000_000_000n,
            normal: 42_000_000_000_000n,
            fast: 63_000_000_000_000n,
            custom: 84_000_000_000_000n,
          }}
          value="custom"
          onValue={nothing}
        />
      </div>
    </Group>
  );
}

/** What speaks the wallet's own words. */
export function WalletParts() {
  return (
    <>
      <Rows />
      <Amounts />
      <Group label="Providers, networks, halves">
        <div className="grid items-center gap-3">
          <ProviderButton label="Google" kind="google" local={false} onPress={nothing} />
          <ProviderButton label="Apple" kind="apple" local={false} onPress={nothing} />
          <ProviderButton label="id.example.org" kind="oidc" local onPress={nothing} />
          <NetworkButton network={{ chainId: 1, name: 'Ethereum', test: false }} onPress={nothing} />
          <NetworkButton network={{ chainId: 11_155_111, name: 'Sepolia', test: true }} onPress={nothing} />
        </div>
        <HalvesDiagram provider={{ label: 'Google', kind: 'google' }} />
      </Group>
      <Group label="Errors">
        <ErrorNote error={{ code: 'chain-unreachable', details: {} }} />
        <ErrorNote error={{ code: 'unsigned-status', details: {} }} />
      </Group>
    </>
  );
}
