import { WIDGET_LANGUAGES, type WidgetLanguage } from '@foyer/protocol';

/** What mails to visitors say besides the conversation. `team`: as the visitor knows it, in plain text. */
export interface MailWords {
  /** The same for each mail of a conversation: readers put mails together by it, too. */
  readonly subject: (team: string) => string;
  readonly oneReply: (team: string) => string;
  readonly replies: (team: string) => string;
  readonly goOn: string;
  readonly why: (team: string) => string;
  readonly transcriptSubject: (team: string) => string;
  readonly transcript: (team: string) => string;
  readonly cut: string;
  readonly you: string;
  readonly deleted: string;
  readonly rating: string;
}

/** Addressed formally where a language has two ways: the visitor is a stranger. */
export const MAIL_WORDS: Readonly<Record<WidgetLanguage, MailWords>> = {
  en: {
    subject: (team) => `Your conversation with ${team}`,
    oneReply: (team) => `${team} has replied to you.`,
    replies: (team) => `${team} has sent you several replies.`,
    goOn: 'Continue the conversation',
    why: (team) => `You get this mail because you had left the page when ${team} replied. To answer, open the chat on the page.`,
    transcriptSubject: (team) => `Transcript of your conversation with ${team}`,
    transcript: (team) => `Here is your conversation with ${team}, as you asked for it.`,
    cut: 'Earlier messages are left out.',
    you: 'You',
    deleted: 'This message was deleted.',
    rating: 'Rating',
  },
  de: {
    subject: (team) => `Ihr Gespräch mit ${team}`,
    oneReply: (team) => `${team} hat Ihnen geantwortet.`,
    replies: (team) => `${team} hat Ihnen mehrere Antworten geschickt.`,
    goOn: 'Gespräch fortsetzen',
    why: (team) =>
      `Sie erhalten diese E-Mail, weil Sie die Seite verlassen hatten, als ${team} antwortete. Zum Antworten öffnen Sie den Chat auf der Seite.`,
    transcriptSubject: (team) => `Verlauf Ihres Gesprächs mit ${team}`,
    transcript: (team) => `Hier ist Ihr Gespräch mit ${team}, wie gewünscht.`,
    cut: 'Frühere Nachrichten fehlen hier.',
    you: 'Sie',
    deleted: 'Diese Nachricht wurde gelöscht.',
    rating: 'Bewertung',
  },
  fr: {
    subject: (team) => `Votre conversation avec ${team}`,
    oneReply: (team) => `${team} vous a répondu.`,
    replies: (team) => `${team} vous a envoyé plusieurs réponses.`,
    goOn: 'Poursuivre la conversation',
    why: (team) =>
      `Vous recevez cet e-mail car vous aviez quitté la page lorsque ${team} a répondu. Pour répondre, ouvrez le chat sur la page.`,
    transcriptSubject: (team) => `Transcription de votre conversation avec ${team}`,
    transcript: (team) => `Voici votre conversation avec ${team}, comme demandé.`,
    cut: 'Les messages plus anciens ne figurent pas ici.',
    you: 'Vous',
    deleted: 'Ce message a été supprimé.',
    rating: 'Évaluation',
  },
  es: {
    subject: (team) => `Su conversación con ${team}`,
    oneReply: (team) => `${team} le ha respondido.`,
    replies: (team) => `${team} le ha enviado varias respuestas.`,
    goOn: 'Continuar la conversación',
    why: (team) => `Recibe este correo porque había dejado la página cuando ${team} respondió. Para contestar, abra el chat en la página.`,
    transcriptSubject: (team) => `Transcripción de su conversación con ${team}`,
    transcript: (team) => `Esta es su conversación con ${team}, tal como la pidió.`,
    cut: 'Faltan los mensajes anteriores.',
    you: 'Usted',
    deleted: 'Este mensaje se ha eliminado.',
    rating: 'Valoración',
  },
  tr: {
    subject: (team) => `${team} ile görüşmeniz`,
    oneReply: (team) => `${team} size yanıt verdi.`,
    replies: (team) => `${team} size birkaç yanıt gönderdi.`,
    goOn: 'Görüşmeye devam edin',
    why: (team) =>
      `Bu e-postayı, ${team} yanıt verdiğinde sayfadan ayrılmış olduğunuz için alıyorsunuz. Yanıtlamak için sayfadaki sohbeti açın.`,
    transcriptSubject: (team) => `${team} ile görüşmenizin dökümü`,
    transcript: (team) => `İstediğiniz gibi, ${team} ile görüşmeniz:`,
    cut: 'Daha eski mesajlar burada yer almıyor.',
    you: 'Siz',
    deleted: 'Bu mesaj silindi.',
    rating: 'Değerlendirme',
  },
  ar: {
    subject: (team) => `محادثتك مع ${team}`,
    oneReply: (team) => `وصلك رد من ${team}.`,
    replies: (team) => `وصلتك عدة ردود من ${team}.`,
    goOn: 'متابعة المحادثة',
    why: (team) => `وصلتك هذه الرسالة لأنك كنت قد غادرت الصفحة عندما ردّ عليك ${team}. للرد، افتح الدردشة في الصفحة.`,
    transcriptSubject: (team) => `نص محادثتك مع ${team}`,
    transcript: (team) => `إليك محادثتك مع ${team} كما طلبت.`,
    cut: 'الرسائل الأقدم غير مدرجة هنا.',
    you: 'أنت',
    deleted: 'حُذفت هذه الرسالة.',
    rating: 'التقييم',
  },
};

/** The mail's language: what the site's widget is fixed to, else the visitor's (`de-AT` → de), else English. */
export function mailLanguage(fixed: WidgetLanguage | 'auto', visitors: string): WidgetLanguage {
  if (fixed !== 'auto') return fixed;
  const asked = visitors.toLowerCase().split(/[-_]/)[0];
  return WIDGET_LANGUAGES.find((language) => language === asked) ?? 'en';
}
