import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (!root) throw new Error('no root');

createRoot(root).render(
  <StrictMode>
    <button type="button">Ready</button>
  </StrictMode>,
);
