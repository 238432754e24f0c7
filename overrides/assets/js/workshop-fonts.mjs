// Which fonts a text needs: those for every text, and those of the scripts that it has letters of.

export const neededFonts = (list, text) => list.filter((font) => !font.scripts.length || font.scripts.some((name) => new RegExp(`\\p{Script=${name}}`, "u").test(text)));
