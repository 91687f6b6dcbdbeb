using ProbePipeline.Inputs.Text;

namespace ProbePipeline.Inputs.Tests.Text;

public sealed class ChatTemplateTests
{
    [Theory]
    [InlineData("llava-1.5", "USER: <image>\nWhat is it? ASSISTANT:")]
    [InlineData("llava-1.6-mistral", "[INST] <image>\nWhat is it? [/INST]")]
    [InlineData("phi-3-vision", "<|user|>\n<|image_1|>\nWhat is it?<|end|>\n<|assistant|>\n")]
    [InlineData("paligemma", "<image><bos>What is it?\n")]
    [InlineData("llava-onevision", "<|im_start|>user <image>\nWhat is it?<|im_end|><|im_start|>assistant\n")]
    [InlineData("chatml", "<|im_start|>user\n<image>\nWhat is it?<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData("qwen2-vl", "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>What is it?<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData("idefics3", "<|im_start|>User:<image>What is it?<end_of_utterance>\nAssistant:")]
    [InlineData("plain", "<image>\nWhat is it?")]
    public void Render_KnownTemplate_PutsTheQuestionAfterThePicture(string name, string expected) =>
        Assert.Equal(expected, ChatTemplate.Parse(name).Render("What is it?"));

    [Fact]
    public void Render_QuestionWithBraces_KeepsThem() => Assert.Equal("<image>\n{question} {0}", ChatTemplate.Plain.Render("{question} {0}"));

    [Fact]
    public void Parse_NameOfAKnownTemplate_IsFoundByItsName() =>
        Assert.All(ChatTemplate.Known, template => Assert.Same(template, ChatTemplate.Parse(template.Name)));

    [Fact]
    public void Parse_UnknownName_NamesTheKnownOnes()
    {
        var message = Assert.Throws<PromptException>(() => ChatTemplate.Parse("LLaVA")).Message;

        Assert.Equal("expected a chat template out of llava-1.5, llava-1.6-mistral, llava-1.6-vicuna, phi-3-vision, paligemma, llava-onevision, chatml, qwen2-vl, idefics3, plain, or a prompt of your own with {question} in it once and the model's picture placeholder; found 'LLaVA'", message);
    }

    [Fact]
    public void Parse_TextOfYourOwn_IsUsedAsItStands()
    {
        var template = ChatTemplate.Parse("<image>\nQ: {question}\nA:");

        Assert.Equal("<image>\nQ: What is it?\nA:", template.Render("What is it?"));
        Assert.Equal("A:", template.End);
        Assert.Equal("<image>\nQ: {question}\nA:", template.Name);
    }

    [Fact]
    public void Parse_TwoQuestions_IsRefused() => Assert.Throws<PromptException>(() => ChatTemplate.Parse("{question} <image> {question}"));
}
