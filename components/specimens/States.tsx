import { Send } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Card, Group } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { ErrorState, LoadingState, OfflineState } from '@/components/ui/ListStates';
import { Spinner } from '@/components/ui/Spinner';
import { Specimen } from './Specimen';

const retry = <Button size="small">Try again</Button>;

/** What stands in the place of a list: nothing yet, not yet, not now. */
export function States() {
  return (
    <Group label="Lists without rows">
      <div className="grid grid-cols-2 gap-3">
        <Specimen label="Empty">
          <Card>
            <EmptyState icon={<Send aria-hidden="true" size={22} />} title="Nothing sent yet">
              What you send from here is listed here.
            </EmptyState>
          </Card>
        </Specimen>
        <Specimen label="Loading">
          <Card className="px-3.5 py-1">
            <LoadingState label="Asking the network" />
          </Card>
        </Specimen>
        <Specimen label="Error">
          <Card>
            <ErrorState title="The network does not answer" action={retry}>
              Nothing is lost.
            </ErrorState>
          </Card>
        </Specimen>
        <Specimen label="Offline">
          <Card>
            <OfflineState title="No network" action={retry}>
              What you see may be old. Nothing is lost.
            </OfflineState>
          </Card>
        </Specimen>
      </div>
      <Specimen label="Work of less than a second">
        <span className="grid place-items-center">
          <Spinner />
        </span>
      </Specimen>
    </Group>
  );
}
