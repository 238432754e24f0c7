// The three ways in which a finished file is sent: GitHub's page for a new file, a download, an e-mail. Nothing is sent from here.

import { fill, make } from "./words.mjs";

// GitHub answers addresses of more than about 8,000 characters with an error, mail programs cut those of more than about 2,000.
export const LONGEST_PAGE = 7500;
export const LONGEST_MAIL = 1900;

/** The address of the repository's page for a new file, and whether the text fits into it. */
export function newFile(form, folder, id, text) {
  const place = `${form.repository}/${form.repository_middle}new/${form.branch}`;
  if (form.repository_middle) return { address: `${place}?file_name=${encodeURIComponent(`content/${folder}/${id}.md`)}`, whole: false };
  const short = `${place}/content/${folder}?filename=${id}.md`, address = `${short}&value=${encodeURIComponent(text)}`;
  return address.length <= LONGEST_PAGE ? { address, whole: true } : { address: short, whole: false };
}

/** The address of an e-mail with the file's text, and whether the text fits into it. */
export function mail(form, id, title, text) {
  const { words } = form, subject = fill(words.send.subject, { title, site: form.site_name });
  const address = (body) => `mailto:${form.email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  const whole = address(`${fill(words.send.mail, { id })}\n\n${text}`);
  return whole.length <= LONGEST_MAIL ? { address: whole, whole: true } : { address: address(fill(words.send.mail_paste, { id })), whole: false };
}

/** Save a text as a file. */
export function save(name, text, type = "text/markdown") {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Put a text on the clipboard; says whether that was allowed. */
export async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
}
