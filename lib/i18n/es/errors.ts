/** Each code of the closed list, in Spanish. */

import type { ErrorDetails } from '@/lib/errors';
import type { Format } from '../format';
import type { ErrorText, ErrorTexts } from '../language';
import { failsToStore } from '../storing';
import { deviceErrors } from './device-errors';

const NOTHING_LOST = 'No se pierde nada.';
const RETRY = 'Prueba de nuevo en un momento.';

function text(title: string, lost: string, next: string): () => ErrorText {
  return () => ({ title, lost, next });
}

const TAMPERED = text(
  'La copia no es la que hiciste',
  'No se abrió, y no se cambió nada.',
  'No sigas aquí. Otro dispositivo donde la cartera esté desbloqueada lo tiene todo.',
);

const LEFT_BEHIND =
  'Puede quedar una llave de acceso llamada Halfkey en tu autenticador. No abre nada, puedes quitarla allí.';

function nextMoment({ nextAtMs }: ErrorDetails, f: Format): string {
  return nextAtMs === undefined ? RETRY : `Próximo intento: ${f.time(nextAtMs)}, ${f.day(nextAtMs)}.`;
}

function triesLeft({ triesLeft: left }: ErrorDetails, f: Format): string {
  if (left === undefined) return 'Ese no es el PIN';
  return `Ese no es el PIN. ${f.plural(left, { one: 'Queda un intento', other: `Quedan ${f.word(left)} intentos` })}`;
}

export const errors: ErrorTexts = {
  'sign-in-cancelled': text('El inicio de sesión se canceló', NOTHING_LOST, 'Empieza de nuevo cuando quieras.'),
  'sign-in-failed': text('El inicio de sesión no funcionó', NOTHING_LOST, 'Prueba otra vez, o con otro proveedor.'),
  'sign-in-expired': text(
    'La sesión ha caducado',
    'No se pierde nada, y no se gastó ningún intento.',
    'Inicia sesión de nuevo.',
  ),
  'other-account': text(
    'Esa es otra cuenta',
    NOTHING_LOST,
    'Este dispositivo conoce la cartera de otra cuenta. Inicia sesión con esa, o sal antes de este dispositivo.',
  ),

  offline: text('Sin conexión', NOTHING_LOST, 'Prueba de nuevo cuando tengas conexión.'),
  'identity-unreachable': text('El proveedor de sesión no responde', NOTHING_LOST, RETRY),
  'relay-unreachable': text('El repetidor de inicio de sesión no responde', NOTHING_LOST, RETRY),
  'vault-unreachable': text('La bóveda no responde', NOTHING_LOST, RETRY),
  'issuer-unreachable': text('El emisor no responde', NOTHING_LOST, RETRY),
  'realms-unreachable': text('Responden demasiado pocos custodios', NOTHING_LOST, RETRY),
  'too-many-requests': (details, f) => ({
    title: 'Fueron demasiadas veces',
    lost: NOTHING_LOST,
    next: nextMoment(details, f),
  }),
  'update-the-app': text(
    'Esta versión es demasiado antigua',
    NOTHING_LOST,
    'Tu copia se hizo con una versión más nueva. Actualiza la extensión y sigue.',
  ),
  'servers-disagree': text(
    'Los servidores no coinciden',
    'No se pidió ningún PIN, y no se gastó ningún intento.',
    'La bóveda y el emisor dicen cosas distintas sobre tu copia. No sigas aquí hasta que se aclare.',
  ),
  'unsigned-status': text(
    'La copia no lleva ninguna firma tuya',
    'Tu cartera en este dispositivo no se ha tocado.',
    'Alguien puede haber cambiado la copia. Si no te lo explicas, envía lo que tienes a una cartera nueva.',
  ),
  'party-misbehaved': ({ party }) => ({
    title: party === undefined ? 'Un servidor dio una respuesta errónea' : `${party} dio una respuesta errónea`,
    lost: 'Se rechazó. No se pierde nada.',
    next: 'No sigas aquí hasta que se aclare.',
  }),

  'backup-exists': text('Ya hay una copia', NOTHING_LOST, 'Recupérala con tu PIN.'),
  'backup-not-found': text('No hay copia para esta cuenta', NOTHING_LOST, '¿Era otra cuenta? Inicia sesión con esa.'),
  'reserved-elsewhere': (details, f) => ({
    title: 'Otro dispositivo está creando una cartera',
    lost: NOTHING_LOST,
    next:
      details.nextAtMs === undefined
        ? 'Termina allí, o prueba de nuevo en quince minutos.'
        : `Termina allí, o prueba de nuevo después de las ${f.time(details.nextAtMs)}.`,
  }),
  'slot-void': text('Este intento ya no es válido', NOTHING_LOST, 'Empieza uno nuevo.'),
  'deletion-pending': text(
    'Esta copia está a punto de borrarse',
    'Todavía se puede recuperar.',
    'Deshaz el borrado en un dispositivo desbloqueado.',
  ),
  'register-failed': text('Los custodios no guardaron su mitad', 'No se creó nada, así que no se pierde nada.', RETRY),
  'read-back-failed': text(
    'La copia no se pudo recuperar',
    'La probamos antes de fiarnos de ella, así que no se pierde nada.',
    'Prueba de nuevo.',
  ),

  'pin-weak': text('Ese PIN es demasiado fácil de adivinar', NOTHING_LOST, 'Elige otro.'),
  'pin-wrong': (details, f) => ({ title: triesLeft(details, f), lost: NOTHING_LOST, next: 'Prueba otro PIN.' }),
  'pin-used-up': text(
    'No quedan intentos',
    'Los custodios han borrado su mitad. Esta copia no se abre para nadie.',
    'Un dispositivo donde la cartera sigue desbloqueada lo tiene todo. Envía desde allí.',
  ),
  'realms-empty': text(
    'Los custodios no tienen ninguna mitad de esta copia',
    'Aquí no se cambió nada, y no se gastó ningún intento.',
    'Un dispositivo donde la cartera sigue desbloqueada lo tiene todo. Haz allí una copia nueva.',
  ),
  'try-later': (details, f) => ({
    title: 'Todavía no',
    lost: 'No se pierde nada, y no se gastó ningún intento.',
    next: nextMoment(details, f),
  }),
  'try-may-be-used': text(
    'La respuesta se perdió por el camino',
    'Puede haberse gastado un intento. Nada más se ha perdido.',
    'Introduce el PIN otra vez.',
  ),

  'payload-mismatch': TAMPERED,
  'record-mismatch': TAMPERED,
  'share-malformed': TAMPERED,
  'commitment-mismatch': TAMPERED,
  'decrypt-failed': TAMPERED,
  'owner-mismatch': TAMPERED,
  'statement-invalid': TAMPERED,

  locked: text('La cartera está bloqueada', NOTHING_LOST, 'Desbloquéala primero.'),
  'password-wrong': text('Esa no es la contraseña', NOTHING_LOST, 'Prueba de nuevo.'),
  'password-later': (details, f) => ({
    title: 'Demasiadas contraseñas erróneas',
    lost: NOTHING_LOST,
    next: nextMoment(details, f),
  }),
  'password-weak': text('Esa contraseña es demasiado corta', NOTHING_LOST, 'Diez caracteres como mínimo.'),
  'passkey-cancelled': ({ reason }) => ({
    title: 'No se usó la llave de acceso',
    lost: NOTHING_LOST,
    next: reason === 'made' ? `${LEFT_BEHIND} Empieza de nuevo cuando quieras.` : 'Prueba de nuevo cuando quieras.',
  }),
  'passkey-unsupported': ({ reason }) => ({
    title: 'Esta llave de acceso no puede abrir una cartera',
    lost: 'Aquí no se guardó nada, y no se pierde nada.',
    next: `Le falta lo que hace falta (PRF).${reason === 'made' ? ` ${LEFT_BEHIND}` : ''} Usa otra, o una contraseña.`,
  }),
  'passkey-wrong': text(
    'Esa no es la llave de acceso de esta cartera',
    NOTHING_LOST,
    'Usa la que se creó aquí, o la contraseña.',
  ),
  'wallet-exists': text(
    'En este dispositivo ya hay una cartera',
    NOTHING_LOST,
    'Desbloquéala, o sal antes de este dispositivo.',
  ),
  'wallet-not-found': text(
    'En este dispositivo no hay ninguna cartera',
    'Tu copia no se ha tocado.',
    'Inicia sesión para recuperarla.',
  ),
  'wallet-duplicate': text('Ya tienes aquí esta cartera', NOTHING_LOST, 'Búscala entre tus cuentas.'),
  'device-unlock-needed': text(
    'Este dispositivo necesita antes una forma de desbloquearse',
    NOTHING_LOST,
    'Elige una contraseña o una llave de acceso. Lo que añadas se sella con ella.',
  ),
  'bad-phrase': text(
    'Estas palabras no son una frase de recuperación',
    NOTHING_LOST,
    'Compáralas con lo que apuntaste.',
  ),
  'bad-private-key': text('Eso no es una clave privada', NOTHING_LOST, 'Tiene 64 cifras, del 0 al 9 y de la a a la f.'),
  'storage-failed': ({ reason }) =>
    failsToStore(reason)
      ? {
          title: 'El navegador no pudo guardarlo',
          lost: NOTHING_LOST,
          next: 'Haz sitio en el disco y prueba de nuevo.',
        }
      : {
          title: 'No se puede leer lo guardado en este dispositivo',
          lost: 'Una copia sin clave no se ha tocado.',
          next: 'Prueba de nuevo. Si sigue igual, sal de este dispositivo y empieza de nuevo.',
        },
  'keyring-damaged': text(
    'Lo guardado en este dispositivo está dañado',
    'Una copia sin clave no se ha tocado.',
    'Sal de este dispositivo, por «¿La olvidaste?» en la página de desbloqueo, y recupera con tu PIN. Las frases y claves solo vuelven de tus propias copias.',
  ),
  busy: text('Aún hay otra cosa en marcha', NOTHING_LOST, RETRY),
  'bad-message': text(
    'Las partes de la extensión no encajan',
    NOTHING_LOST,
    'Cierra el navegador, ábrelo de nuevo y actualiza la extensión.',
  ),

  'bad-contact': text('Eso no se puede guardar', NOTHING_LOST, 'Elige otro nombre u otra dirección.'),
  'bad-network': text('Esa red no se puede usar', NOTHING_LOST, 'Mira otra vez su nodo y su número de cadena.'),
  'bad-token': text('Eso no es un token', NOTHING_LOST, 'Mira otra vez la dirección y la red.'),
  'bad-server': text('Ese servidor no se puede usar', NOTHING_LOST, 'Mira otra vez su dirección, o elige otro.'),
  'bad-account': text('Esa cuenta no se puede añadir', NOTHING_LOST, 'Usa antes la cuenta anterior.'),
  'bad-text': text('Ese texto no se puede firmar', NOTHING_LOST, 'Mira otra vez el texto y la dirección.'),
  'bad-labels': text(
    'Esas etiquetas no se pueden leer',
    'No se cambió nada.',
    'Pide el archivo otra vez donde se hizo.',
  ),
  'labels-full': text(
    'No caben más etiquetas, o más monedas apartadas',
    'No se cambió nada.',
    'Quita algunas que ya no necesites, en cualquier cuenta de esta moneda. Después inténtalo otra vez.',
  ),
  'bad-psbt': text('Ese archivo no se puede firmar', NOTHING_LOST, 'Pídelo otra vez donde se hizo.'),
  'bad-address': text('Eso no es una dirección', 'No se envió nada.', 'Copia la dirección otra vez.'),
  'bad-amount': text('Eso no es un importe', 'No se envió nada.', 'Escribe un número, por ejemplo 0,25.'),
  'bad-fee': text('Esa comisión no sirve', 'No se envió nada.', 'Mira otra vez los números de la comisión.'),
  'insufficient-funds': text(
    'Eso y la comisión son más de lo que tienes',
    'No se envió nada.',
    'Envía menos, o añade primero a la cuenta.',
  ),
  'request-gone': text(
    'Ya nadie espera esto',
    'No se firmó nada. El sitio se ha ido o ya tiene respuesta.',
    'Cierra esta ventana.',
  ),
  'site-not-allowed': text(
    'Tu navegador no deja entrar ahí a la cartera',
    'El sitio sigue viendo Halfkey con su propio nombre.',
    'Inténtalo otra vez y permítelo cuando el navegador pregunte.',
  ),
  'quote-expired': text(
    'Esa oferta ya no vale',
    'No se envió nada con ella.',
    'Vuelve atrás y revisa el pago otra vez.',
  ),
  'already-mined': text(
    'Se anotó entretanto',
    'Cuenta la primera transacción; no se envió nada más.',
    'Mira la lista de actividad.',
  ),
  'chain-unreachable': text('La red no responde', NOTHING_LOST, RETRY),
  'transaction-refused': text(
    'La red la rechazó',
    'No se envió nada.',
    'Mira el importe y la comisión, y prueba de nuevo.',
  ),

  ...deviceErrors,

  interrupted: text('Eso se interrumpió', NOTHING_LOST, 'El navegador nos paró a mitad. Sigue desde aquí.'),
  unexpected: text('Pasó algo imprevisto', 'Tu copia no se ha tocado.', RETRY),
};
