using SkyCompat.Cli.Naming;
using SkyCompat.Hosting;

namespace SkyCompat.Cli.Tests.Naming;

public sealed class StorageNameTests
{
    [Theory]
    [InlineData("r2:media/a/b.txt", NameKind.Cloud, "r2", "media", "a/b.txt", false)]
    [InlineData("r2:media/a/", NameKind.Cloud, "r2", "media", "a/", true)]
    [InlineData("r2:media/", NameKind.Cloud, "r2", "media", "", true)]
    [InlineData("r2:media", NameKind.Cloud, "r2", "media", "", true)]
    [InlineData("r2:", NameKind.Cloud, "r2", "", "", true)]
    [InlineData("r2:media//a", NameKind.Cloud, "r2", "media", "/a", false)]
    [InlineData("r2:media/a:b", NameKind.Cloud, "r2", "media", "a:b", false)]
    [InlineData("r2:media/ä ö", NameKind.Cloud, "r2", "media", "ä ö", false)]
    [InlineData("1:media/a", NameKind.Cloud, "1", "media", "a", false)]
    [InlineData("@media", NameKind.Logical, "media", "", "", true)]
    [InlineData("@media/", NameKind.Logical, "media", "", "", true)]
    [InlineData("@media/a:b/c", NameKind.Logical, "media", "", "a:b/c", false)]
    [InlineData("-", NameKind.Standard, "", "", "", false)]
    [InlineData("a.txt", NameKind.Path, "", "", "a.txt", false)]
    [InlineData("a/", NameKind.Path, "", "", "a/", true)]
    [InlineData("./r2:media", NameKind.Path, "", "", "./r2:media", false)]
    [InlineData("a/b:c", NameKind.Path, "", "", "a/b:c", false)]
    [InlineData("/a:b", NameKind.Path, "", "", "/a:b", false)]
    [InlineData("./@media", NameKind.Path, "", "", "./@media", false)]
    public void Parse_Name_IsWhatItLooksLike(string text, object kind, string owner, string bucket, string key, bool isFolder)
    {
        var name = StorageName.Parse(text);

        name.ShouldBe(new StorageName((NameKind)kind, owner, bucket, key));
        name.IsFolder.ShouldBe(isFolder);
    }

    [Theory]
    [InlineData("c:data", "c", "data", "")]
    [InlineData("c:data/a.txt", "c", "data", "a.txt")]
    [InlineData("D:", "D", "", "")]
    public void Parse_OneLetterBeforeTheColon_IsADriveOnlyWhereThereAreDrives(string text, string owner, string bucket, string key) =>
        StorageName.Parse(text).ShouldBe(OperatingSystem.IsWindows() ? new StorageName(NameKind.Path, "", "", text) : new StorageName(NameKind.Cloud, owner, bucket, key));

    [Theory]
    [InlineData("", "A name is empty.")]
    [InlineData(":media/a", "names no cloud before the colon")]
    [InlineData("r2:/a", "names no bucket")]
    [InlineData("s3://media/a", "is a URL. Names are written cloud:bucket/key with a cloud of your configuration, such as s3:media/a")]
    [InlineData("@", "names no logical bucket")]
    [InlineData("@/a", "names no logical bucket")]
    public void Parse_WrongName_SaysWhatToWrite(string text, string said) => Should.Throw<UsageException>(() => StorageName.Parse(text)).Message.ShouldContain(said);

    [Theory]
    [InlineData("r2:media/a")]
    [InlineData("r2:")]
    [InlineData("@media/a")]
    [InlineData("-")]
    [InlineData("./a")]
    public void ToString_Name_IsAsWritten(string text) => StorageName.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("hom", " Did you mean 'home'?")]
    [InlineData("HOME", " Did you mean 'home'?")]
    [InlineData("zzzz", "")]
    public void Hint_Name_IsTheNearestOrNone(string text, string hint) => ConfigurationKeys.Suggest(text, ["home", "away"]).ShouldBe(hint);
}
