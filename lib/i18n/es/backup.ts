import type { BackupMessages } from '../language';

export const backup: BackupMessages = {
  'backup.title': 'Copia',
  'backup.verified': 'Comprobada de verdad',
  'backup.verified.text': ({ atMs }, f) => `Recuperada una vez, ${f.innerMoment(atMs)}`,
  'backup.made': 'Hecha',
  'backup.account': 'Inicio de sesión',
  'backup.who-holds-what': 'Quién guarda qué',
  'backup.change-pin': 'Cambiar el PIN',

  'task.not-begun': 'Todavía no ha empezado nada',
  'task.not-begun.text': 'Tu copia está como estaba.',
  'task.may-be-done': 'No sabemos si ya está hecho',
  'task.may-be-done.text': 'Inicia sesión de nuevo para saberlo. Lo que ya está hecho sigue así.',
  'task.sign-in-again': 'Iniciar sesión de nuevo',
  'task.leave': 'Volver a la cartera',

  'pin-reset.prove': ({ provider }) =>
    `El PIN anterior no hace falta. Este dispositivo tiene que conocerte, y ${provider} también: su ventana se abre después.`,
  'pin-reset.choose': 'Elige un PIN nuevo',
  'pin-reset.action': 'Cambiar el PIN',
  'pin-reset.title.making-key': 'Haciendo una cerradura nueva',
  'pin-reset.title.storing-realms': 'Guardando una mitad',
  'pin-reset.title.storing-vault': 'Guardando la otra mitad',
  'pin-reset.title.checking': 'Comprobando que el PIN nuevo la abre',
  'pin-reset.step.making-key': 'Una cerradura nueva para la misma cartera',
  'pin-reset.step.making-key.detail': 'Tus cuentas siguen como están',
  'pin-reset.step.storing-realms': 'Una mitad con los custodios',
  'pin-reset.step.storing-realms.detail': 'Con el PIN nuevo, en un lugar nuevo',
  'pin-reset.step.storing-vault': 'La otra mitad con la bóveda',
  'pin-reset.step.storing-vault.detail': 'La copia anterior vale hasta entonces',
  'pin-reset.step.checking': 'Comprobar y después cambiar',
  'pin-reset.step.checking.detail': 'La probamos de verdad antes de que se vaya la anterior',
  'pin-reset.counts.old': 'Tu PIN anterior sigue valiendo. El nuevo no abre nada.',
  'pin-reset.counts.either': 'Aún no sabemos qué PIN vale. Recuerda los dos hasta que lo averigües.',
  'pin-reset.counts.other': 'Otro dispositivo cambió el PIN al mismo tiempo. Vale el que se eligió allí.',
  'pin-reset.find-out': 'Averiguarlo',
  'pin-reset.done': 'El PIN ha cambiado',
  'pin-reset.done.text': 'El nuevo ya abrió tu copia una vez. El anterior ya no abre nada.',
  'pin-reset.done.others': 'Tus otros dispositivos siguen desbloqueados y reciben un aviso.',

  'backup.made.detail': ({ atMs, generation }, f) => `${f.moment(atMs)}, generación ${f.number(generation)}`,
  'backup.pin-due': 'Toca escribir tu PIN',
  'backup.pin-due.row': '¿Aún recuerdas tu PIN?',
  'backup.pin-confirmed': 'PIN confirmado',
  'backup.pin.detail': ({ confirmedAtMs, dueAtMs }, f) =>
    `${f.moment(confirmedAtMs)}, próxima el ${f.shortDay(dueAtMs)}`,
  'backup.guesses':
    'Ocho PIN erróneos acaban con esta copia. Quien pregunte a los custodios uno por uno tiene doce como mucho.',
  'backup.practise': 'Practicar',

  'general.pin-reminders': 'Recordatorios del PIN',
  'general.pin-reminders.detail': 'Solo quita el aviso: la pregunta sigue en el inicio',
  'home.ask-pin': '¿Aún recuerdas tu PIN?',
  'home.ask-pin.text': 'Escríbelo una vez para no olvidarlo. No gasta ningún intento.',
  'home.ask-pin.action': 'Escribirlo',
  'home.ask-practice': 'Practica una recuperación.',
  'home.ask-practice.text': 'Mejor en un segundo dispositivo. Así sabes que funciona antes de necesitarla.',

  'pin-check.title': 'Tu PIN',
  'pin-check.question': '¿Aún lo recuerdas?',
  'pin-check.text': 'Este dispositivo lo comprueba solo. No se gasta ningún intento.',
  'pin-check.wrong': 'Ese no es el PIN. No se gastó ningún intento: este dispositivo lo comprobó solo.',
  'pin-check.action': 'Comprobar',
  'pin-check.reset': 'Elegir un PIN nuevo',
  'pin-check.right': 'Ese es',
  'pin-check.right.text': ({ nextAtMs }, f) =>
    `Preguntamos otra vez el ${f.day(nextAtMs)}. Cuanto mejor lo sabes, menos preguntamos.`,
  'pin-check.long-away': 'Ha pasado un tiempo',
  'pin-check.long-away.text':
    'Otro dispositivo puede haber cambiado el PIN mientras tanto. Por eso esta vez probamos una recuperación real: un inicio de sesión y un intento, que vuelve.',

  'practice.title': 'Práctica',
  'practice.begin': 'Iniciar sesión y empezar',
  'practice.offer': 'Practicar una recuperación',
  'practice.offer.text': 'No cambia nada. Gasta un intento, que el PIN correcto devuelve.',
  'practice.never': 'Aún no se ha hecho',
  'practice.last': ({ when }) => `Última vez: ${when}`,
  'practice.on-second': 'En un segundo dispositivo',
  'practice.on-second.detail': 'Donde importaría. Los dos muestran el mismo código.',
  'practice.here': 'En este dispositivo',
  'practice.here.detail': 'En memoria, comparada y borrada',
  'practice.pin': 'Como en un dispositivo nuevo. Lo que vuelve se compara y se borra.',
  'practice.action': 'Practicar',
  'practice.works': 'Funciona',
  'practice.works.text': 'Recuperamos tu cartera de verdad, la comparamos y la borramos. No ha cambiado nada.',
  'practice.sign-in': 'Inicio de sesión',
  'practice.servers': 'Servidores',
  'practice.servers.detail': ({ generation }, f) => `de acuerdo, generación ${f.number(generation)}`,
  'practice.pin-right': ({ failedTries }, f) =>
    failedTries === 0
      ? 'correcto a la primera'
      : f.plural(failedTries, {
          one: `correcto tras ${f.word(failedTries)} erróneo`,
          other: `correcto tras ${f.word(failedTries)} erróneos`,
        }),
  'practice.realms.detail': ({ count }, f) => `respondieron ${f.word(count)}`,
  'practice.record': 'Registro',
  'practice.record.detail': 'entero, de la bóveda',
  'practice.same': 'Misma cartera',
  'practice.seconds': ({ seconds }) => `${seconds} s`,
  'practice.second': 'Recupera en el segundo dispositivo',
  'practice.second.text': ({ provider }) =>
    `Abre Halfkey allí, continúa con ${provider} y escribe tu PIN. Después compara el código.`,
  'practice.code': 'El código de esta cartera',
  'practice.where': 'Allí está en Ajustes, Copia, Practicar, En un segundo dispositivo.',
  'practice.same-code': 'Los dos muestran lo mismo',
  'practice.other-code': 'Son distintos',
  'practice.look-again': 'Mirar otra vez',
  'practice.differs': 'No uses la cartera del otro dispositivo.',
  'practice.differs.text':
    'Es otra cartera. ¿Iniciaste sesión allí con otra cuenta? Si no, alguien puede haberse puesto en medio. Esta sigue como estaba.',

  'backup.look': 'Mira esto',
  'backup.asking': 'Preguntando a los servidores',
  'backup.servers': 'Quién responde',
  'backup.as-of': ({ atMs }, f) => f.moment(atMs),
  'backup.issuer': 'El emisor',
  'backup.party.up': 'Responde, y coincide con lo que sabe este dispositivo',
  'backup.party.down': 'No responde ahora',
  'backup.party.expired': 'Quiere que inicies sesión de nuevo: cambia el PIN o practica una vez',
  'backup.realms': ({ up, of }, f) => `${f.Word(up)} de ${f.word(of)} custodios responden`,
  'backup.realms.down': ({ hosts }) => `Sin respuesta de ${hosts}`,
  'backup.activity': 'Qué ha pasado',
  'backup.event.device-signed-in': 'Un dispositivo nuevo inició sesión',
  'backup.event.device-signed-out': 'Se cerró la sesión de un dispositivo',
  'backup.event.try-granted': 'Se probó un PIN',
  'backup.event.recovered': 'El PIN correcto la abrió',
  'backup.event.activated': 'Se hizo la copia, o se cambió su PIN',
  'backup.event.ordered': 'Se ordenó borrarla',
  'backup.event.undone': 'Se anuló el borrado',
  'backup.event.erased': 'La copia se borró',

  'backup.devices': 'Dispositivos con sesión',
  'backup.devices.this': 'Este dispositivo',
  'backup.devices.seen': ({ atMs }, f) => `Visto por última vez: ${f.innerMoment(atMs)}`,

  'start-over.title': 'Empezar de nuevo',
  'start-over.forgot': '¿Olvidaste el PIN?',
  'start-over.lead': 'Hacer sitio a una cartera nueva',
  'start-over.text':
    'Nadie puede averiguar ni cambiar tu PIN sin un dispositivo que tenga la cartera. Queda dejar ir la copia antigua: esta cuenta puede tener después una cartera nueva. La antigua no vuelve con ello.',
  'start-over.only': 'Solo cuando no queda ningún intento.',
  'start-over.only.text':
    'Se pregunta a los custodios si a la copia le quedan intentos. Mientras le queden, sigue probando: los PIN equivocados se frenan, ocho llevan unos tres días.',
  'start-over.days': 'Tarda siete días.',
  'start-over.days.text':
    'Se avisa a todos los dispositivos que tienen la cartera, y cualquiera puede oponerse. Entonces no pasa nada.',
  'start-over.consent': 'Entiendo que la cartera antigua no vuelve con esto',
  'start-over.action': 'Empezar de nuevo en siete días',
  'start-over.asking': 'Preguntando a los custodios',
  'start-over.asking.text': 'Si queda algún intento. Esto no gasta ninguno.',
  'start-over.ordered': 'La copia antigua se va',
  'start-over.ordered.text': ({ deadlineMs }, f) =>
    `Ningún PIN la abre ya. Después del ${f.day(deadlineMs)}, ${f.time(deadlineMs)}, inicia sesión otra vez y crea una cartera nueva.`,
  'start-over.object': '¿Queda algún dispositivo con la cartera?',
  'start-over.object.text': 'Ábrela allí: puede oponerse y elegir un PIN nuevo.',

  'second.title': 'Otro inicio de sesión',
  'second.none': 'Por si pierdes la primera cuenta',
  'second.made': ({ providers }) => `También con ${providers}`,
  'second.lead': 'Un segundo camino a la misma cartera',
  'second.text': 'Las cuentas se pierden. Con otra, y un PIN propio, esta cartera vuelve sin la primera.',
  'second.budgets': 'Dos inicios de sesión son el doble de intentos.',
  'second.budgets.text':
    'Quien entre en cualquiera de las cuentas tiene sus intentos: doce como mucho en cada una. Elige un PIN tan difícil de adivinar como el primero.',
  'second.apart': 'Cada uno tiene su propio PIN.',
  'second.apart.text':
    'Cambiar un PIN no cambia el otro. Este dispositivo solo cuida del primer inicio de sesión; para cuidar del segundo, recupera con él en algún lugar.',
  'second.prove': ({ provider }) =>
    `Este dispositivo tiene que reconocerte. Después se abre la ventana de ${provider}: inicia sesión allí con la otra cuenta.`,
  'second.choose': 'Un PIN para este inicio de sesión',
  'second.action': 'Hacer copia',
  'second.first-stays': 'Tu primera copia no se toca.',
  'second.done': 'Ahora hay dos caminos de vuelta',
  'second.done.text': ({ provider }) => `Con ${provider} y el PIN que acabas de elegir vuelve la misma cartera.`,

  'prove.pin':
    'Para que nadie más lo haga en un navegador abierto. Este dispositivo lo comprueba solo, sin gastar un intento.',

  'sign-out-device.title': 'Cerrar la sesión de un dispositivo',
  'sign-out-device.text': 'Termina su sesión en los servidores. Se le avisa, y no vuelve a iniciar sesión por sí solo.',
  'sign-out-device.keeps': 'Un dispositivo que tiene la cartera la conserva.',
  'sign-out-device.keeps.text':
    'Nadie puede quitarle la clave desde lejos. Si está en manos ajenas, envía lo que tienes a una cartera nueva.',
  'sign-out-device.back': ({ provider }) =>
    `Quien pueda iniciar sesión con ${provider} puede volver como dispositivo nuevo.`,
  'sign-out-device.back.text':
    'Lo verías en esta lista. Cierra también allí la sesión de ese dispositivo en tu cuenta.',
  'sign-out-device.action': 'Cerrar su sesión',
  'sign-out-device.prove': ({ provider }) =>
    `Este dispositivo tiene que reconocerte, y ${provider} también: a continuación se abre su ventana.`,
  'sign-out-device.done': ({ name }) => `Sesión cerrada: ${name}`,
  'sign-out-device.done.text': 'Su sesión ha terminado en ambos servidores. Se le dirá la próxima vez que pregunte.',

  'recover.wrong-tries': ({ count }, f) =>
    f.plural(count, {
      one: `${f.Word(count)} intento fallido desde la última vez.`,
      other: `${f.Word(count)} intentos fallidos desde la última vez.`,
    }),
  'recover.wrong-tries.text': ({ lastAtMs }, f) =>
    lastAtMs === null
      ? 'Si no fuiste tú, cambia el PIN cuando hayas entrado.'
      : `El último: ${f.innerMoment(lastAtMs)}. Si no fuiste tú, cambia el PIN cuando hayas entrado.`,

  'home.signed-out': 'Se cerró la sesión de este dispositivo.',
  'home.signed-out.text':
    'Lo hizo otro dispositivo tuyo. La cartera sigue aquí. Para cuidar la copia desde aquí, inicia sesión de nuevo: cambia el PIN o practica una vez.',
  'home.recovered': 'La cartera se recuperó en otro dispositivo.',
  'home.recovered.text': ({ atMs, deviceName }, f) =>
    deviceName === null
      ? `${f.moment(atMs)}. Si no fuiste tú, otra persona tiene tu cartera: envía lo que tienes a una nueva.`
      : `${deviceName}, ${f.innerMoment(atMs)}. Si no fuiste tú, otra persona tiene tu cartera: envía lo que tienes a una nueva.`,

  'home.alarm.action': 'Qué significa',
  'home.deletion': 'Tu copia está a punto de borrarse.',
  'home.deletion.text': ({ deadlineMs }, f) =>
    `Se puede deshacer hasta el ${f.day(deadlineMs)}, ${f.time(deadlineMs)}. Hasta entonces aún se recupera.`,
  'home.deletion.action': 'Deshacer',
  'home.start-over': 'Alguien quiere empezar de nuevo con tu cuenta.',
  'home.start-over.text': ({ deadlineMs }, f) =>
    `Si nadie se opone, tu copia desaparece el ${f.day(deadlineMs)}, ${f.time(deadlineMs)}. Este dispositivo puede oponerse.`,
  'home.start-over.action': 'Oponerse',
  'home.backup-gone': 'Esta cartera no tiene copia.',
  'home.backup-gone.text': 'Se borró. La cartera está solo en este dispositivo, hasta que hagas una nueva.',
  'home.backup-gone.action': 'Hacer una nueva',
  'home.pin-changed': 'El PIN se cambió en otro dispositivo.',
  'home.pin-changed.text': ({ atMs, deviceName }, f) =>
    deviceName === null
      ? `${f.moment(atMs)}. Si no fuiste tú, cámbialo otra vez.`
      : `${deviceName}, ${f.innerMoment(atMs)}. Si no fuiste tú, cámbialo otra vez.`,
  'home.pin-changed.action': 'Ver la copia',
  'home.pin-changed.noted': 'Fui yo',

  'delete.title': 'Borrar esta copia',
  'delete.lead': 'Sin copia, este dispositivo es todo lo que hay',
  'delete.text': 'Después nadie puede recuperar la cartera, tampoco con el PIN. La cartera sigue en este dispositivo.',
  'delete.export': 'Anota antes la cartera',
  'delete.export.detail': 'Veinticuatro palabras que la abren en cualquier cartera',
  'delete.no-export':
    'Pon antes una contraseña o una llave de acceso. Con «PIN cada vez» la cartera desaparecería con su copia.',
  'delete.undo': 'Tienes 72 horas para cambiar de idea.',
  'delete.undo.text': 'Hasta entonces la copia se recupera como antes. Después nada la trae de vuelta.',
  'delete.remains':
    'Lo que guardan los servidores: el número de la última copia, su huella, cuándo se borró y el registro de intentos de los custodios.',
  'delete.consent': 'Entiendo que nadie puede traerla de vuelta',
  'delete.go-on': 'Seguir',
  'delete.prove': ({ provider }) =>
    `Este dispositivo tiene que conocerte, y ${provider} también: su ventana se abre después. Luego pedimos el PIN.`,
  'delete.pin': 'No se borra nada durante 72 horas.',
  'delete.action': 'Borrar en 72 horas',
  'delete.ordering': 'Avisando a la bóveda',
  'delete.ordering.text': 'No se borra nada durante 72 horas.',
  'delete.ordered': 'Se borrará',
  'delete.ordered.text': ({ deadlineMs }, f) =>
    `El ${f.day(deadlineMs)}, ${f.time(deadlineMs)}. Hasta entonces puedes deshacerlo en cualquier dispositivo desbloqueado.`,
  'delete.ordered.where': 'Encuentras «Deshacer» en la primera página de la cartera.',
  'delete.withdrawn': 'Tu copia se queda',
  'delete.withdrawn.text': 'No se borró nada. Se recupera como antes.',
};
