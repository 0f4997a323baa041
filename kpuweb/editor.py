"""What the article form's editor offers: CKEditor 5, and only what is kept.

The sanitiser in news/richtext.py is what decides; the editor only offers.
"""

# The plug-ins removed here are the ones whose holes need no style attribute.
CONFIGS = {
    "article": {
        "language": "id",
        "licenseKey": "GPL",
        "removePlugins": [
            "GeneralHtmlSupport",
            "HtmlEmbed",
            "SourceEditing",
            "FullPage",
            "Markdown",
            "Style",
            "TodoList",
            "Font",
            "Highlight",
            "Alignment",
            "CodeBlock",
            "PageBreak",
            "TableProperties",
            "TableCellProperties",
            "ImageResize",
            "IndentBlock",
        ],
        "toolbar": {
            "items": [
                "heading",
                "|",
                "bold",
                "italic",
                "link",
                "|",
                "bulletedList",
                "numberedList",
                "blockQuote",
                "|",
                "uploadImage",
                "mediaEmbed",
                "insertTable",
                "|",
                "removeFormat",
                "undo",
                "redo",
            ],
            "shouldNotGroupWhenFull": True,
        },
        "heading": {
            "options": [
                {
                    "model": "paragraph",
                    "title": "Paragraf",
                    "class": "ck-heading_paragraph",
                },
                {
                    "model": "heading2",
                    "view": "h2",
                    "title": "Judul bagian",
                    "class": "ck-heading_heading2",
                },
                {
                    "model": "heading3",
                    "view": "h3",
                    "title": "Judul kecil",
                    "class": "ck-heading_heading3",
                },
            ]
        },
        "image": {
            "toolbar": ["imageTextAlternative", "toggleImageCaption"],
            # Never within a line of text, where it could have no caption.
            "insert": {"type": "block"},
        },
        # One provider with one pattern, as text between slashes: the bundle loses a
        # list of them without a word. The same addresses as in news/richtext.py.
        "mediaEmbed": {
            "previewsInData": False,
            "providers": [
                {
                    "name": "youtube",
                    "url": r"/^(?:(?:m\.)?youtube\.com\/(?:watch\?(?:[^#\s]*&)?v="
                    r"|shorts\/|live\/|embed\/)|youtu\.be\/)"
                    r"[A-Za-z0-9_-]{11}(?:[?&#\/]\S*)?$/",
                }
            ],
        },
        "table": {
            "contentToolbar": [
                "tableColumn",
                "tableRow",
                "mergeTableCells",
                "toggleTableCaption",
            ],
        },
        "list": {"properties": {"styles": False, "startIndex": True}},
    }
}
