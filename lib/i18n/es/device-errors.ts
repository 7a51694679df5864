/** Hardware wallets and firmware files, in Spanish. */
import type { ErrorText, ErrorTexts } from '../language';

type DeviceCode = Extract<keyof ErrorTexts, `device-${string}` | 'bad-firmware'>;

const NOTHING_LOST = 'No se pierde nada.';
const NOTHING_SIGNED = 'No se firmó nada.';

/** What a device cannot take, by the reason beside the code. */
const DEVICE_LIMITS: Readonly<Record<string, string>> = {
  trezor: 'Eso es un Trezor, no un OneKey Mini',
  'other-onekey': 'Ese OneKey no es un Mini',
  eip2930: 'El dispositivo no firma transacciones de este tipo antiguo (EIP-2930)',
  data: 'La transacción lleva más datos de los que admite el dispositivo',
  'access-list': 'La lista de acceso es más larga de lo que admite el dispositivo',
  message: 'El mensaje es más largo de lo que admite el dispositivo',
  'typed-data': 'El dispositivo no firma datos de este tipo',
};

const NEXT: Readonly<Record<string, string>> = {
  undefined: 'Puede que un firmware más nuevo sí.',
  trezor: 'Un Trezor se conecta con Trezor Suite, en Chrome o Chromium.',
};

/** By the reason beside the code. */
const FIRMWARE_FAULTS: Readonly<Record<string, string>> = {
  empty: 'El archivo está vacío',
  'too-large': 'El archivo pasa de 8 MiB; ningún firmware de este tipo es tan grande',
  'not-firmware': 'Eso no es una imagen de firmware de esta familia de dispositivos',
  truncated: 'El archivo termina antes de lo que dice su cabecera',
  'too-short': 'La imagen es menor que cualquiera que acepte un dispositivo',
  'trailing-bytes': 'El archivo sigue más allá de lo que dice su cabecera',
  'too-long': 'La cabecera dice más de lo que cabe en sus dieciséis bloques',
  'other-family': 'Los dos archivos son de familias de dispositivos distintas',
  'same-file': 'Los dos archivos contienen la misma imagen, byte a byte',
};

function text(title: string, lost: string, next: string): () => ErrorText {
  return () => ({ title, lost, next });
}

export const deviceErrors: Omit<Pick<ErrorTexts, DeviceCode>, 'device-unlock-needed'> = {
  'device-not-chosen': text(
    'No se eligió ningún dispositivo',
    NOTHING_LOST,
    'Conéctalo y elígelo en la lista del navegador.',
  ),
  'device-no-bridge': ({ reason }) => ({
    title:
      reason === 'origin'
        ? 'El puente no responde a esta extensión'
        : 'Ningún puente de este ordenador responde a esta extensión',
    lost: NOTHING_LOST,
    next: 'Chrome y Chromium llegan al dispositivo por USB, sin puente.',
  }),
  'device-no-suite': text(
    'Trezor Suite no responde',
    NOTHING_SIGNED,
    'Permite que esta cartera hable con suite.trezor.io, y deja abierta hasta el final la pestaña que se abre allí.',
  ),
  'device-in-use': text(
    'Otro programa está usando el dispositivo',
    NOTHING_LOST,
    'Cierra la app de OneKey, Trezor Suite y otras carteras, y prueba otra vez.',
  ),
  'device-disconnected': text('El dispositivo no está conectado', NOTHING_SIGNED, 'Conéctalo y prueba otra vez.'),
  'device-bootloader': text(
    'El dispositivo está en su cargador de arranque',
    NOTHING_LOST,
    'Desconéctalo y conéctalo sin pulsar ningún botón.',
  ),
  'device-empty': text(
    'No hay ninguna cartera en el dispositivo',
    NOTHING_LOST,
    'Prepáralo primero con su propia app.',
  ),
  'device-unsupported': ({ reason }) => ({
    title: DEVICE_LIMITS[String(reason)] ?? 'El firmware del dispositivo no puede hacer eso',
    lost: NOTHING_SIGNED,
    next: NEXT[String(reason)] ?? 'Usa otro dispositivo u otra cuenta.',
  }),
  'device-cancelled': text('Se canceló en el dispositivo', NOTHING_SIGNED, 'Empieza de nuevo cuando quieras.'),
  'device-page-closed': text(
    'Se cerró la página que pregunta al dispositivo',
    NOTHING_SIGNED,
    'Déjala abierta hasta que el dispositivo haya confirmado.',
  ),
  'device-pin-wrong': text(
    'Ese no es el PIN del dispositivo',
    NOTHING_SIGNED,
    'Prueba otra vez. Tras demasiados PIN erróneos, el dispositivo se borra.',
  ),
  'device-refused': text('El dispositivo lo rechazó', NOTHING_SIGNED, 'Mira lo que se va a firmar y prueba otra vez.'),
  'device-wrong-wallet': ({ expectedAddress, actualAddress }) => ({
    title: 'En el dispositivo está abierta otra cartera',
    lost: NOTHING_SIGNED,
    next: `Esta cuenta es ${expectedAddress ?? 'otra'}, el dispositivo tiene ${actualAddress ?? 'otra'}. Usa el dispositivo y la frase de paso correctos.`,
  }),
  'device-silent': text(
    'El dispositivo no responde',
    NOTHING_SIGNED,
    'Si pedía un PIN, puede que se cancelara allí. Prueba otra vez.',
  ),
  'device-garbled': text(
    'El dispositivo dijo algo sin sentido',
    NOTHING_SIGNED,
    'Conéctalo de nuevo y prueba otra vez.',
  ),
  'device-misbehaved': text(
    'El dispositivo dio una respuesta falsa',
    'Se descartó, y nada salió de este ordenador.',
    'No uses este dispositivo hasta saber por qué. Su firma no es la de la cuenta.',
  ),

  'bad-firmware': ({ reason }) => ({
    title: FIRMWARE_FAULTS[String(reason)] ?? 'Ese archivo no se puede comparar',
    lost: 'No se comparó nada.',
    next:
      reason === 'same-file'
        ? 'Elige el archivo del fabricante en un lado y tu propia compilación en el otro.'
        : 'Elige otro archivo: el que distribuye el fabricante o el que escribió tu compilación.',
  }),
};
