/** Every part in every state, light and dark. In development builds only: `wxt.config.ts` leaves it out of all others. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BothLooks } from '@/components/specimens/BothLooks';
import { ToastProvider } from '@/components/ui/Toast';

const root = document.getElementById('root');
if (!root) throw new Error('no root');

createRoot(root).render(
  <StrictMode>
    <ToastProvider label="Notices">
      <BothLooks />
    </ToastProvider>
  </StrictMode>,
);
