// How each sort of field looks in the form: editors for Jedison, which keeps the values and knows the schema.

import { choiceEditors } from "./form-choices.mjs";
import { fieldEditor } from "./form-field.mjs";
import { groupEditors } from "./form-groups.mjs";
import { referenceEditor } from "./form-reference.mjs";
import { textEditors } from "./form-texts.mjs";

/**
 * The editors, over the library's own classes, the particular ones first; `about` has `words`, `sources()` (key and label of
 * each), `title(id)`, `find(text, kinds, without, most)`, and `places(container)`, which gives the place of each field by name.
 */
export function editors(library, about) {
  const Field = fieldEditor(library, about);
  const [Section, Text] = textEditors(Field, about), [Group, List] = groupEditors(Field, about);
  return [Section, referenceEditor(Field, about), ...choiceEditors(Field, about), Group, List, Text];
}
