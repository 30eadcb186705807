/** How drawings look, by their classes alone. Colours are those of the pages, so that they change with light and dark. */
export const DRAWING_STYLE = "";
