import { Fingerprint, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Card, Fact, Group } from '@/components/ui/Card';
import { ChoiceList } from '@/components/ui/ChoiceList';
import { ButtonPair } from '@/components/ui/Page';
import { QrCode } from '@/components/ui/QrCode';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { Sheet } from '@/components/ui/Sheet';
import { type Step, Steps, StepsBar } from '@/components/ui/Steps';
import { Tabs } from '@/components/ui/Tabs';
import { useToaster } from '@/components/ui/Toast';
import { Specimen } from './Specimen';

const STEPS: readonly Step[] = [
  { title: 'Made your key', state: 'done' },
  { title: 'One half with the realms', detail: 'A piece each. The PIN guards them.', state: 'now' },
  { title: 'The other half with the vault', state: 'next' },
  { title: 'Check that it can be recovered', state: 'failed' },
];
const LABELS = { done: 'done', now: 'now', next: 'next', failed: 'failed' };

function Choosing() {
  const [way, setWay] = useState<'passkey' | 'password'>('passkey');
  const [speed, setSpeed] = useState<'slow' | 'fast'>('slow');
  return (
    <>
      <ChoiceList
        label="How this browser unlocks"
        value={way}
        onValue={setWay}
        choices={[
          {
            value: 'passkey',
            title: 'Passkey',
            detail: 'A finger or a face',
            icon: <Fingerprint aria-hidden="true" size={20} />,
          },
          {
            value: 'password',
            title: 'Password',
            detail: 'Works offline',
            icon: <KeyRound aria-hidden="true" size={20} />,
          },
        ]}
      />
      <SegmentedControl
        label="Fee"
        value={speed}
        onValue={setSpeed}
        segments={[
          { value: 'slow', label: 'Slow', detail: '0.00021 ETH, about 1 min' },
          { value: 'fast', label: 'Fast', detail: '0.00032 ETH, about 12 s' },
        ]}
      />
    </>
  );
}

function Appearing() {
  const [open, setOpen] = useState(false);
  const { show } = useToaster();
  return (
    <ButtonPair>
      <Button onClick={() => setOpen(true)}>Sheet</Button>
      <Button onClick={() => show('Address copied', { detail: '0x71C765…d8976F' })}>Toast</Button>
      <Sheet open={open} onClose={() => setOpen(false)} title="A sheet" description="Escape and the scrim close it.">
        <Button onClick={() => setOpen(false)}>Close</Button>
      </Sheet>
    </ButtonPair>
  );
}

/** What moves, opens and is chosen from. */
export function Behaviours() {
  return (
    <Group label="Steps, choices, what appears">
      <div className="grid grid-cols-2 items-start gap-6">
        <div className="grid gap-3">
          <StepsBar steps={STEPS} />
          <Steps steps={STEPS} stateLabels={LABELS} />
          <Choosing />
          <Appearing />
        </div>
        <div className="grid gap-3">
          <Card>
            <Tabs
              label="Lists"
              initial="tokens"
              tabs={[
                { value: 'tokens', label: 'Tokens', content: <p className="py-3 text-small">Ether</p> },
                { value: 'activity', label: 'Activity', count: 2, content: <p className="py-3 text-small">To Mira</p> },
              ]}
            />
          </Card>
          <dl className="grid gap-1">
            <Fact label="They get">0.25 ETH</Fact>
            <Fact label="Network fee, at most">0.00021 ETH</Fact>
          </dl>
          <Specimen label="QR code">
            <span className="grid place-items-center">
              <QrCode text="ethereum:0x71C7656EC7ab88b098defB751B7401B5f6d8976F" label="QR code" size={160} />
            </span>
          </Specimen>
        </div>
      </div>
    </Group>
  );
}
