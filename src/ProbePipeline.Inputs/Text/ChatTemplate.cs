using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Text;

/// <summary>How a model family writes a question about one picture, special tokens of the model's beginning left out.</summary>
public sealed record ChatTemplate
{
    private const string Question = "{question}";

    // Markers go with the placeholder that they stand around.
    private static readonly string[] Placeholders = ["<|vision_start|><|image_pad|><|vision_end|>", "<|image_1|>", "<image>"];

    private readonly string _before;
    private readonly string _after;

    private ChatTemplate(string name, string text)
    {
        var question = text.IndexOf(Question, StringComparison.Ordinal);
        (Name, _before, _after) = (name, text[..question], text[(question + Question.Length)..]);
    }

    /// <summary>LLaVA 1.5, without its system prompt: <c>USER: &lt;image&gt;\n{question} ASSISTANT:</c> (llava-hf/llava-1.5-7b-hf, model card).</summary>
    public static ChatTemplate Llava15 { get; } = new("llava-1.5", $"USER: <image>\n{Question} ASSISTANT:");

    /// <summary>The picture, a line break and the question, for models that were trained on no conversation.</summary>
    public static ChatTemplate Plain { get; } = new("plain", $"<image>\n{Question}");

    /// <summary>LLaVA 1.6 over Mistral: <c>[INST] &lt;image&gt;\n{question} [/INST]</c> (transformers documentation, LLaVA-NeXT).</summary>
    public static ChatTemplate Llava16Mistral { get; } = new("llava-1.6-mistral", $"[INST] <image>\n{Question} [/INST]");

    /// <summary>LLaVA 1.6 over Vicuna, with its system sentence (transformers documentation, LLaVA-NeXT).</summary>
    public static ChatTemplate Llava16Vicuna { get; } = new(
        "llava-1.6-vicuna",
        "A chat between a curious human and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the human's questions. "
        + $"USER: <image>\n{Question} ASSISTANT:");

    /// <summary>Phi-3-Vision and Phi-3.5-Vision (microsoft/Phi-3.5-vision-instruct, model card).</summary>
    public static ChatTemplate Phi3Vision { get; } = new("phi-3-vision", $"<|user|>\n<|image_1|>\n{Question}<|end|>\n<|assistant|>\n");

    /// <summary>PaliGemma, whose picture stands before the beginning of the text (transformers 5.23, processing_paligemma.py).</summary>
    public static ChatTemplate PaliGemma { get; } = new("paligemma", $"<image><bos>{Question}\n");

    /// <summary>LLaVA-OneVision as its checkpoints write it (transformers documentation, LLaVA-OneVision).</summary>
    public static ChatTemplate LlavaOnevision { get; } = new("llava-onevision", $"<|im_start|>user <image>\n{Question}<|im_end|><|im_start|>assistant\n");

    /// <summary>Qwen2's ChatML around a picture, without a system prompt (transformers 5.23, convert_llava_onevision_weights_to_hf.py).</summary>
    public static ChatTemplate ChatMl { get; } = new("chatml", $"<|im_start|>user\n<image>\n{Question}<|im_end|>\n<|im_start|>assistant\n");

    /// <summary>Qwen2-VL: ChatML with its system prompt, and markers around the picture (transformers documentation, Qwen2-VL).</summary>
    public static ChatTemplate Qwen2Vl { get; } = new(
        "qwen2-vl",
        "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
        + $"<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>{Question}<|im_end|>\n<|im_start|>assistant\n");

    /// <summary>Idefics3 and SmolVLM (transformers documentation, Idefics3).</summary>
    public static ChatTemplate Idefics3 { get; } = new("idefics3", $"<|im_start|>User:<image>{Question}<end_of_utterance>\nAssistant:");

    /// <summary>Every template that can be named.</summary>
    public static ImmutableArray<ChatTemplate> Known { get; } =
        [Llava15, Llava16Mistral, Llava16Vicuna, Phi3Vision, PaliGemma, LlavaOnevision, ChatMl, Qwen2Vl, Idefics3, Plain];

    /// <summary>The template with that name, or one of the text itself.</summary>
    /// <exception cref="PromptException">The text is no known name, and does not hold <c>{question}</c> once.</exception>
    public static ChatTemplate Parse(string text) => Known.FirstOrDefault(template => template.Name == text)
        ?? (text.Split(Question).Length == 2 ? new ChatTemplate(text, text) : throw new PromptException(
            $"expected a chat template out of {string.Join(", ", Known.Select(template => template.Name))}, or a prompt of your own with {Question} in it once and the "
            + $"model's picture placeholder; found '{text}'"));

    /// <summary>The form used in experiments: a known template's name, or the text itself.</summary>
    public string Name { get; }

    /// <summary>What stands between the question and the answer; empty where the answer follows the question.</summary>
    public string End => _after.TrimStart();

    /// <summary>The prompt for a question, with <c>&lt;image&gt;</c> where the picture goes.</summary>
    public string Render(string question) => _before + question + _after;

    /// <summary>The template for models that see no pictures: the same without a picture's placeholder, its markers and the line break behind it.</summary>
    public ChatTemplate WithoutPicture()
    {
        return new ChatTemplate(Name, Placeholders.Aggregate(_before, Without) + Question + Placeholders.Aggregate(_after, Without));

        static string Without(string text, string placeholder) =>
            text.Replace(placeholder + "\n", "", StringComparison.Ordinal).Replace(placeholder, "", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
