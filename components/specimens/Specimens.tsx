import { ArrowDownLeft, Bell, Check, Clock, ShieldCheck, Timer, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { ArmingButton } from '@/components/ui/ArmingButton';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { Consent } from '@/components/ui/Consent';
import { Field, SecretField } from '@/components/ui/Field';
import { Logo, Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Pill } from '@/components/ui/Pill';
import { PinPad, type PinStatus } from '@/components/ui/PinPad';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { Switch } from '@/components/ui/Switch';
import { TriesBar } from '@/components/ui/TriesBar';
import { Identicon } from '@/components/wallet/Identicon';
import { TokenIcon } from '@/components/wallet/TokenIcon';
import { Behaviours } from './Behaviours';
import { nothing, Specimen } from './Specimen';
import { States } from './States';
import { WalletParts } from './WalletParts';

const NEVER_MS = 1_000_000_000;

function Buttons() {
  return (
    <Group label="Buttons">
      <div className="grid grid-cols-3 gap-3">
        <Specimen label="Rest">
          <Button variant="primary">Send 0.25 ETH</Button>
        </Specimen>
        <Specimen label="Busy">
          <Button variant="primary" busyLabel="Sending">
            Send 0.25 ETH
          </Button>
        </Specimen>
        <Specimen label="Disabled">
          <Button variant="primary" disabled>
            Send 0.25 ETH
          </Button>
        </Specimen>
        <Specimen label="Arming">
          <ArmingButton armMs={NEVER_MS}>Send 0.25 ETH</ArmingButton>
        </Specimen>
        <Specimen label="Secondary">
          <Button icon={<ArrowDownLeft aria-hidden="true" size={18} />}>Receive</Button>
        </Specimen>
        <Specimen label="Ink">
          <Button variant="ink">Reject</Button>
        </Specimen>
        <Specimen label="Risky">
          <Button variant="risky">Allow 500 USDC</Button>
        </Specimen>
        <Specimen label="Delete">
          <Button variant="delete">Delete</Button>
        </Specimen>
        <Specimen label="Quiet">
          <Button variant="quiet">Use letters too</Button>
        </Specimen>
      </div>
    </Group>
  );
}

function Fields() {
  return (
    <Group label="Fields">
      <div className="grid grid-cols-3 items-start gap-3">
        <Field label="Rest" placeholder="Name or address" value="" onValue={nothing} />
        <Field label="Error" value="0x71C7656E" onValue={nothing} error="This address is too short" />
        <Field
          label="Hint"
          hint={<p className="text-ink-2 text-small">Its own node, https</p>}
          value=""
          onValue={nothing}
        />
        <Field label="Read only" value="https://node.example" onValue={nothing} readOnly />
        <Field label="Disabled" value="Not yet" onValue={nothing} disabled />
        <SecretField
          label="Password"
          value="copper lantern"
          onValue={nothing}
          showLabel="Show"
          hideLabel="Hide"
          autoComplete="new-password"
        />
      </div>
    </Group>
  );
}

const PADS: readonly { readonly status: PinStatus; readonly value: string; readonly message?: string }[] = [
  { status: 'typing', value: '7294' },
  { status: 'good', value: '72940418', message: 'No date, no pattern. Good.' },
  { status: 'wrong', value: '', message: 'That is not the PIN.' },
  { status: 'refused', value: '190585', message: 'That looks like a date.' },
  { status: 'waiting', value: '', message: 'Next try in 9:41' },
];

function Pads() {
  return (
    <Group label="PIN">
      <div className="grid grid-cols-3 gap-3">
        {PADS.map(({ status, value, message }) => (
          <PinPad
            key={status}
            value={value}
            onValue={nothing}
            status={status}
            message={message}
            labels={{ field: `PIN, ${status}`, show: 'Show', hide: 'Hide', erase: 'Delete' }}
            autoComplete="new-password"
          />
        ))}
      </div>
    </Group>
  );
}

function Notes() {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Note tone="neutral" title="For your information.">
        One realm is slow today. Recovery still works.
      </Note>
      <Note tone="success" title="It worked.">
        The new PIN opens your backup, and the old one no longer does.
      </Note>
      <Note tone="warn" title="Look twice.">
        You have never sent to this address before.
      </Note>
      <Note tone="danger" title="This can empty your USDC.">
        Reject it, unless you made the contract.
      </Note>
    </div>
  );
}

function Pills() {
  return (
    <Group label="Status">
      <div className="flex flex-wrap gap-2">
        <Pill tone="success" icon={<Check aria-hidden="true" size={14} />}>
          Known
        </Pill>
        <Pill tone="warn" icon={<TriangleAlert aria-hidden="true" size={14} />}>
          New to you
        </Pill>
        <Pill tone="danger" icon={<TriangleAlert aria-hidden="true" size={14} />}>
          Reported
        </Pill>
        <Pill tone="accent" icon={<Clock aria-hidden="true" size={14} />}>
          Pending
        </Pill>
        <Pill tone="neutral" size="row" icon={<Clock aria-hidden="true" size={14} />}>
          In a row
        </Pill>
      </div>
      <Notes />
    </Group>
  );
}

function Controls() {
  const [theme, setTheme] = useState<'system' | 'light' | 'dark'>('light');
  const [on, setOn] = useState(true);
  const [agreed, setAgreed] = useState(true);
  return (
    <Group label="Controls">
      <SegmentedControl
        label="Look"
        value={theme}
        onValue={setTheme}
        segments={[
          { value: 'system', label: 'System' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
      <RowList>
        <Row
          leading={<ShieldCheck aria-hidden="true" size={18} />}
          title="Backup"
          trailing={<span className="font-medium text-success">Good health</span>}
          end="chevron"
          onPress={nothing}
        />
        <Row
          leading={<Timer aria-hidden="true" size={18} />}
          title="Lock when idle"
          trailing="15 min"
          end="chevron"
          onPress={nothing}
        />
        <Row
          leading={<Bell aria-hidden="true" size={18} />}
          title="PIN reminders"
          trailing={<Switch label="PIN reminders" checked={on} onChecked={setOn} />}
        />
      </RowList>
      <Consent checked={agreed} onChecked={setAgreed}>
        I understand that tries run out
      </Consent>
      <TriesBar left={3} label="Three tries left" />
    </Group>
  );
}

/** Every part in every state. */
export function Specimens() {
  return (
    <main className="mx-auto grid max-w-[720px] gap-6 p-8">
      <h1 className="text-hero">
        <Logo name="Halfkey" />
      </h1>
      <div className="flex flex-wrap items-end gap-6">
        {[16, 20, 24, 32, 76].map((size) => (
          <Mark key={size} size={size} />
        ))}
        <Mark size={32} state="joined" label="Joined" />
        {['0x1', '0x2', '0x3', '0x4', '0x5'].map((address) => (
          <Identicon key={address} address={address} size={36} />
        ))}
        <TokenIcon symbol="ETH" token={null} size={36} />
        <TokenIcon symbol="XYZ" token="0x1" size={36} />
      </div>
      <Buttons />
      <Fields />
      <Pads />
      <Pills />
      <Controls />
      <States />
      <WalletParts />
      <Behaviours />
    </main>
  );
}
