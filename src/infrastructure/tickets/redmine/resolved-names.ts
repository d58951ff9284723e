/** The status "Resolved" as Redmine's own default data names it, in each of its languages. */
const RESOLVED = [
  'Resolved',
  '解決', // ja
  '已解決', // zh-TW
  '已解决', // zh
  '해결', // ko
  'Atrisināts', // lv
  'Avklart', // no
  'E zgjidhur', // sq
  'Ebatzita', // eu
  'Gelöst', // de
  'Hyväksytty', // fi
  'Həll edilib', // az
  'Išspręstas', // lt
  'Lahendatud', // et
  'Løst', // da
  'Löst', // sv
  'Megoldva', // hu
  'Opgelost', // nl
  'Resolt', // ca
  'Resolta', // gl
  'Resolvida', // pt-BR
  'Resolvido', // pt
  'Resuelta', // es
  'Rezolvat', // ro
  'Rešen', // sl
  'Rešeno', // sr-YU
  'Riješen', // bs
  'Riješeno', // hr
  'Risolto', // it
  'Rozwiązany', // pl
  'Résolu', // fr
  'Vyriešená', // sk
  'Vyřešený', // cs
  'Çözüldü', // tr
  'Đã được giải quyết', // vi
  'Επιλυμένο', // el
  'Вирішено', // uk
  'Приключена', // bg
  'Разрешена', // mk
  'Решена', // ru
  'Решено', // sr
  'Шийдвэрлэгдсэн', // mn
  'נפתר', // he
  'الحل', // ar
  'حل‌شده', // fa
  'தீர்க்கப்பட்டது', // ta
  'ดำเนินการ', // th
].map(plainName);

/** Whether the name is that of the status "Resolved" in any language that Redmine is delivered in. */
export function isNamedResolved(name: string): boolean {
  return RESOLVED.includes(plainName(name));
}

/** Names differ neither by their case nor by how their accents are written. */
export function plainName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
