namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Files, directories and media types.</summary>
internal static class FileValues
{
    private static readonly WordList s_types = new("application|audio|chemical|font|image|message|model|multipart|text|video|x-conference|x-shader"u8);

    private static readonly WordList s_commonTypes = new("video|audio|image|text|application"u8);

    private static readonly WordList s_extensions = new(
        """
        7z|aac|ai|asc|atom|avi|bin|bmp|bz2|cab|cer|chm|class|conf|cpp|crt|css|csv|deb|dmg|doc|docx|dvi|eml|eps|epub|exe|flac|flv|gif|gz|h264|htm|html|ico|ics|iso
        jar|java|jpeg|jpg|js|json|jsonld|key|latex|log|m4a|m4v|md|mid|mkv|mml|mobi|mov|mp3|mp4|mpeg|mpg|odp|ods|odt|oga|ogg|ogv|otf|p12|pdf|pgp|php|pkg|png|ppt
        pptx|ps|psd|pub|py|qt|rar|rdf|rpm|rss|rtf|sh|sig|sql|srt|svg|swf|tar|tex|tif|tiff|torrent|tsv|ttf|txt|vcf|vtt|wav|weba|webm|webp|wmv|woff|woff2|xhtml
        xls|xlsx|xml|xsl|yaml|zip
        """u8);

    private static readonly WordList s_commonExtensions = new("pdf|mpeg|wav|png|jpeg|jpg|gif|mp4|mp3|html|txt|csv|json|xml|zip|docx|xlsx|svg|webm|mpg"u8);

    // Sixty directories of Unix systems.
    private static readonly WordList s_directories = new(
        """
        /bin|/boot|/boot/defaults|/dev|/etc|/etc/defaults|/etc/mail|/etc/namedb|/etc/periodic|/etc/ppp|/etc/ssl|/home|/home/user|/home/user/dir|/lib|/lib64|/lost+found
        /media|/mnt|/net|/opt|/opt/bin|/opt/include|/opt/lib|/opt/sbin|/opt/share|/private|/private/tmp|/private/var|/proc|/rescue|/root|/run|/sbin|/selinux|/srv
        /sys|/tmp|/usr|/usr/X11R6|/usr/bin|/usr/include|/usr/lib|/usr/libdata|/usr/libexec|/usr/local/bin|/usr/local/src|/usr/obj|/usr/ports|/usr/sbin|/usr/share
        /usr/src|/var|/var/cache|/var/log|/var/mail|/var/spool|/var/tmp|/var/yp|/Library
        """u8);

    private static readonly WordList s_mediaTypes = new(
        """
        application/atom+xml|application/epub+zip|application/gzip|application/java-archive|application/json|application/ld+json|application/msword
        application/octet-stream|application/ogg|application/pdf|application/pgp-signature|application/postscript|application/rss+xml|application/rtf
        application/sql|application/vnd.ms-excel|application/vnd.ms-powerpoint|application/vnd.oasis.opendocument.text|application/x-7z-compressed
        application/x-bzip2|application/x-sh|application/x-tar|application/x-www-form-urlencoded|application/xhtml+xml|application/xml|application/yaml
        application/zip|audio/aac|audio/flac|audio/midi|audio/mp4|audio/mpeg|audio/ogg|audio/wav|audio/webm|font/otf|font/ttf|font/woff|font/woff2|image/avif
        image/bmp|image/gif|image/jpeg|image/png|image/svg+xml|image/tiff|image/webp|message/http|message/rfc822|model/gltf+json|multipart/form-data
        multipart/mixed|text/calendar|text/css|text/csv|text/html|text/javascript|text/markdown|text/plain|text/tab-separated-values|text/vcard|text/xml
        video/mp4|video/mpeg|video/ogg|video/quicktime|video/webm|video/x-msvideo
        """u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomFileName", static (ref sink, ref context) => WriteFile(ref sink, ref context.Random, s_extensions)),
        ("$randomFileType", s_types.AsValue()),
        ("$randomFileExt", s_extensions.AsValue()),
        ("$randomCommonFileName", static (ref sink, ref context) => WriteFile(ref sink, ref context.Random, s_commonExtensions)),
        ("$randomCommonFileType", s_commonTypes.AsValue()),
        ("$randomCommonFileExt", s_commonExtensions.AsValue()),
        ("$randomFilePath", WriteFilePath),
        ("$randomDirectoryPath", s_directories.AsValue()),
        ("$randomMimeType", s_mediaTypes.AsValue()),
    ];

    private static void WriteFilePath(ref Utf8Sink sink, ref RenderContext context)
    {
        sink.Write(s_directories.Pick(ref context.Random));
        sink.Write((byte)'/');
        WriteFile(ref sink, ref context.Random, s_extensions);
    }

    private static void WriteFile(ref Utf8Sink sink, ref RandomStream random, WordList extensions)
    {
        sink.WriteLower(StoreValues.Adjectives.Pick(ref random));
        sink.Write((byte)'_');
        sink.WriteLower(StoreValues.Products.Pick(ref random));
        sink.Write((byte)'.');
        sink.Write(extensions.Pick(ref random));
    }
}
