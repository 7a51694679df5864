import { useEffect, useState } from 'react';
import { useToaster } from '@/components/ui/Toast';
import { t } from '@/lib/i18n';
import { usePageHost } from '@/lib/state/page-host';
import { AboutScreen } from './Screen';

export interface AboutProps {
  readonly onBack: () => void;
}

export function About({ onBack }: AboutProps) {
  const { version, buildHash, openFile } = usePageHost();
  const { show } = useToaster();
  const [build, setBuild] = useState<string | null>(null);
  useEffect(() => {
    buildHash().then(setBuild, () => setBuild('unknown'));
  }, [buildHash]);
  const copy = async () => {
    if (build === null) return;
    await navigator.clipboard.writeText(build);
    show(t('about.build.copied'));
  };
  return (
    <AboutScreen
      version={version}
      build={build}
      onCopyBuild={copy}
      onLicence={() => openFile('LICENSE.txt')}
      onNotices={() => openFile('THIRD-PARTY-NOTICES.txt')}
      onBack={onBack}
    />
  );
}
