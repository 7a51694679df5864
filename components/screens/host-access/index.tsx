import { useState } from 'react';
import { usePageHost } from '@/lib/state/page-host';
import { HostAccessScreen } from './Screen';

export function HostAccess() {
  const { servers, openTab } = usePageHost();
  const [answer, setAnswer] = useState<'none' | 'refused'>('none');
  const allow = async () => {
    if (openTab !== null) return openTab();
    if (!(await servers.request())) setAnswer('refused');
  };
  return (
    <HostAccessScreen
      hosts={servers.hosts}
      answer={answer}
      asks={openTab === null ? 'here' : 'tab'}
      onAllow={() => void allow()}
    />
  );
}
