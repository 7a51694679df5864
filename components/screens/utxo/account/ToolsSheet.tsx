import { FileSignature, FileSpreadsheet, KeySquare, PenLine, Server, Tags } from 'lucide-react';
import { Row, RowList } from '@/components/ui/Card';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { u } from '@/lib/i18n/utxo';

/** The rarer things that are done with an account. */
export type Tool = 'message' | 'xpub' | 'psbt' | 'csv' | 'labels' | 'server';

export interface ToolsSheetProps {
  /** Whether transactions of the currency travel as PSBT. */
  readonly psbt: boolean;
  readonly server: string;
  readonly saving: boolean;
  readonly error: ErrorFacts | null;
  readonly onTool: (tool: Tool) => void;
  readonly onClose: () => void;
}

const ICON = {
  message: PenLine,
  xpub: KeySquare,
  psbt: FileSignature,
  csv: FileSpreadsheet,
  labels: Tags,
  server: Server,
} as const;

export function ToolsSheet({ psbt, server, saving, error, onTool, onClose }: ToolsSheetProps) {
  const tools: readonly Tool[] = ['message', 'csv', 'labels', ...(psbt ? (['psbt'] as const) : []), 'xpub', 'server'];
  const details: Partial<Record<Tool, string>> = {
    csv: u('tools.csv.detail'),
    labels: u('tools.labels.detail'),
    server,
  };
  return (
    <Sheet open onClose={onClose} title={u('tools.title')}>
      {error !== null && <ErrorNote error={error} />}
      <RowList label={u('tools.title')}>
        {tools.map((tool) => {
          const Icon = ICON[tool];
          return (
            <Row
              key={tool}
              leading={<Icon aria-hidden="true" size={18} />}
              title={u(`tools.${tool}`)}
              detail={details[tool]}
              disabled={tool === 'csv' && saving}
              end="chevron"
              onPress={() => onTool(tool)}
            />
          );
        })}
      </RowList>
    </Sheet>
  );
}
