import type { UtxoRefusals } from './messages';

export const refusals: UtxoRefusals = {
  'bad-address.empty': 'Falta una dirección.',
  'bad-address.format': ({ coin }) => `Eso no es una dirección de ${coin}.`,
  'bad-address.checksum': 'Un carácter está mal o falta. Copia la dirección otra vez.',
  'bad-address.other-chain': ({ chain, coin }) =>
    `Esa es una dirección de ${chain}, y esto es ${coin}. Lo que se envíe allí se pierde.`,
  'bad-address.test-network': 'Esa es una dirección de una red de pruebas, donde nada tiene valor.',
  'bad-address.no-segwit': ({ coin }) =>
    `${coin} no tiene direcciones de este tipo. Cualquiera podría llevarse lo que se envíe. Pide otra.`,
  'bad-address.type': 'Esta cartera no envía a ese tipo de dirección. Pide otra.',
  'bad-address.mweb': 'Las direcciones MWEB no se admiten. Pide una que empiece por ltc1, L o M.',
  'bad-address.token-aware': 'Esa dirección es para tokens. Pide una sin ellos, que empieza por bitcoincash:q.',
  'bad-address.maybe-bitcoin': 'En esta forma antigua podría ser de Bitcoin. Di abajo cuál es.',
  'bad-address.amount': 'El importe de esta solicitud no se puede leer. Pídela otra vez.',
  'bad-address.uri-malformed': 'Esta solicitud no se puede leer: una parte está dañada. Pídela otra vez.',
  'bad-address.uri-twice':
    'Esta solicitud dice dos veces un importe, una etiqueta o un mensaje: no está claro cuál vale. Pide solo una dirección.',
  'bad-address.uri': 'Esta solicitud pide algo que esta cartera no conoce. Pide solo una dirección.',

  'bad-amount.dust': ({ least }) => `La red no transmite nada por debajo de ${least}.`,
  'bad-amount.empty': 'Falta un importe.',
  'bad-amount.format': 'Eso no es un importe. Escribe un número, como 0,05.',
  'bad-amount.zero': 'El importe tiene que ser mayor que nada.',
  'bad-amount.too-many-decimals': ({ symbol }) => `${symbol} tiene ocho decimales como máximo.`,
  'bad-amount.too-large': 'No existe tanto.',
  'insufficient-funds.amount': 'Es más de lo que tienes aquí.',
  'insufficient-funds.fee': 'No queda nada para la comisión. Envía un poco menos, o todo.',
  'insufficient-funds.no-coins': 'Aquí todavía no hay nada que gastar.',
  'insufficient-funds.frozen': 'Alcanzaría con las monedas que apartaste. Permítelas antes.',
  'insufficient-funds.not-spendable': 'Una moneda que elegiste no se puede gastar ahora. Elige otra vez.',

  'bad-fee.too-low': ({ least }) => `Demasiado baja: los nodos no transmiten nada por debajo de ${least}.`,
  'bad-fee.above-limit': ({ most }) => `Por encima de ${most} seguro que es un error. Mira el número otra vez.`,
  'bad-fee.format': 'Eso no es una tarifa. Escribe un número, como 1,5.',
  'bad-fee.not-replaceable': 'Esta ya no se puede reemplazar. Sigue en la cola con su comisión.',

  'transaction-refused.fee-too-low': 'La red pide ahora una comisión mayor. No se envió nada.',
  'transaction-refused.inputs-spent': 'Una de las monedas ya está gastada. Mira el historial y prueba otra vez.',
  'transaction-refused.dust': 'A la red le parece demasiado pequeño uno de los importes. No se envió nada.',
  'transaction-refused.already-known': 'La red ya tiene esta transacción. No se paga dos veces.',
  'transaction-refused.other': 'La red no la aceptó. No se envió nada.',

  'bad-server.empty': 'Falta la dirección de un servidor.',
  'bad-server.format': 'Eso no es la dirección de un servidor. Empieza por https:// o wss:// y no lleva contraseña.',
  'bad-server.insecure':
    'Cualquiera en el camino podría leerlo y cambiarlo. Usa https:// o wss://, o un servidor en este equipo.',
  'bad-server.out-of-reach': 'Esta compilación de Halfkey solo llega a servidores en este equipo.',
  'bad-server.permission': 'El navegador no permitió llegar a ese servidor. No se guardó nada.',
  'bad-server.silent': 'Allí no responde nadie. Mira la dirección, o prueba más tarde.',
  'bad-server.answer': 'Algo responde allí, pero no es un servidor de este tipo.',
  'bad-server.kind': 'Un servidor de este tipo no conoce esta criptomoneda.',
  'bad-server.none': 'Elige antes un servidor.',
  'bad-server.other-coin': ({ coin }) => `Ese servidor es de otra criptomoneda, no de ${coin}.`,
  'bad-server.other-fork': ({ coin }) => `Ese servidor sigue otra cadena con el mismo comienzo, no la de ${coin}.`,
  'bad-server.behind': 'Ese servidor todavía está leyendo la cadena. Prueba cuando termine.',

  'server-lies.wrong-txid': 'Entregó otra transacción que la que se le pidió.',
  'server-lies.wrong-amount': 'Dice otro importe que el de la transacción.',
  'server-lies.wrong-script': 'Llama tuyo a algo que va a otra persona.',
  'server-lies.no-such-output': 'Nombra una moneda que su transacción no tiene.',
  'server-lies.malformed-transaction': 'Entregó una transacción que no se puede leer.',
  'server-lies.wrong-coinbase': 'Llama pago a algo minado, o al revés.',
  'server-lies.other-txid': 'Aceptó la transacción y le da otro nombre. Mira el historial antes de pagar otra vez.',
  'server-lies.future-height': 'Nombra un bloque que la cadena aún no tiene.',
  'server-lies.duplicate': 'Nombra dos veces la misma moneda.',
  'server-lies.endless': 'Dice que todas las direcciones están usadas.',
  'server-lies.foreign-address': 'Llama tuya a una dirección que no es de esta cuenta.',
  'server-lies.foreign-transaction': 'Incluye una transacción en la que nada de esta cuenta tiene parte.',
  'server-lies.no-descriptors':
    'No acepta claves de cuentas. Actualízalo, o elígelo de nuevo sin «Este servidor es mío».',
  'server-lies.refusal': 'Rechazó una pregunta que todos los servidores de este tipo responden.',
  'server-lies.answer': 'Su respuesta no se puede leer.',

  'bad-labels.malformed': ({ line }) =>
    `La línea ${line} no es una etiqueta como las escribe BIP-329. Pide a la otra cartera un archivo JSONL.`,
  'bad-labels.too-large': 'El archivo es demasiado grande. Divídelo, e incorpora las partes una tras otra.',
  'bad-labels.too-many': 'El archivo tiene más de 10 000 líneas. Divídelo, e incorpora las partes una tras otra.',

  'bad-psbt.no-psbt': ({ coin }) => `Las transacciones de ${coin} no viajan de esta manera.`,
  'bad-psbt.malformed': 'Eso no es una transacción así, o le falta una parte.',
  'bad-psbt.foreign-input': 'También gasta algo que no está en esta cuenta. Elige la cuenta para la que es.',
  'bad-psbt.not-spendable': 'Gasta una moneda que apartaste, o una que no se puede gastar ahora.',
  'bad-psbt.wrong-amount': 'Dice otro importe que el de la moneda. Eso escondería una comisión.',
  'bad-psbt.hash-type': 'Pide una firma que deja a otros cambiar el pago.',
  'bad-psbt.overspent': 'Sale más de lo que entra.',
  'bad-psbt.fee-above-limit':
    'Lo que queda para la comisión supera con mucho cualquier valor sensato. Pregunta a quien la hizo qué quería.',
  'bad-psbt.too-large': 'El archivo es demasiado grande para una transacción así.',

  'bad-text.empty': 'Escribe antes el mensaje.',
  'bad-text.too-long': 'El mensaje es demasiado largo.',
  'bad-text.taproot': 'Las direcciones Taproot no pueden firmar mensajes aquí.',
  'bad-text.not-own': 'Elige una dirección de esta cuenta.',

  'bad-account.previous-unused':
    'La última cuenta de este tipo aún no se ha usado. Usa antes esa: una vacía detrás de ella no se encontraría de nuevo.',
  'bad-account.type': 'Esta criptomoneda no tiene cuentas de este tipo.',
  'bad-account.device': 'Conecta el dispositivo para añadir una cuenta suya.',
  'bad-account.in-use': 'Un pago sigue esperando. Prueba otra vez cuando esté en un bloque.',
  'already-mined': 'Ya está en un bloque. No hay nada que acelerar.',
};
